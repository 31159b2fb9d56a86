"""Listening to an article: a recording of the whole, or the device's own voice."""

import pytest
from django.core.cache import cache
from django.test import Client

from fenjin.kit.scope import Reason, every_space
from fenjin.media.models import MediaFile
from fenjin.media.testing import make_file
from fenjin.newsroom import selectors
from fenjin.newsroom.testing import make_article, part
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.spaces.testing import with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def me() -> Client:
    client = Client()
    sign_in(client, with_rights(make_account(make_person(unit=make_unit("启明集团")))))
    return client


def heard(client: Client, article) -> tuple[str, str]:
    """Return the page of an article: what stands in the listening element, and the body."""
    page = client.get(f"/news/{article.pk}/").content.decode()
    above = page.partition("<fj-listen")[2].partition("</fj-listen>")[0]
    return above, page.partition('class="prose"')[2].partition("</article>")[0]


def body(recording, *, whole: bool) -> list:
    value = {"recording": recording.pk, "caption": "", "whole": whole}
    return [part("text", "<p>先断电。</p>"), part("audio", value)]


def test_without_a_recording_the_device_reads(me):
    above, _body = heard(me, make_article())
    assert "data-play" in above
    assert "<audio" not in above


def test_a_recording_of_the_whole_stands_under_the_title_and_nowhere_else(me):
    recording = make_file(kind="recording")
    article = make_article(body=body(recording, whole=True))
    above, below = heard(me, article)
    assert recording.key.hex in above
    assert "data-play" not in above
    assert recording.key.hex not in below
    with every_space(Reason.TEST):
        assert recording.key.hex in selectors.freeze(article.pk).html  # a message keeps it in its text


def test_another_recording_stays_where_it_is(me):
    recording = make_file(kind="recording")
    above, below = heard(me, make_article(body=body(recording, whole=False)))
    assert "data-play" in above
    assert recording.key.hex in below


def test_a_withdrawn_recording_gives_way_to_the_device(me):
    recording = make_file(kind="recording")
    article = make_article(body=body(recording, whole=True))
    MediaFile._base_manager.filter(pk=recording.pk).update(withdrawn_at="2026-11-01T00:00:00Z")
    above, below = heard(me, article)
    assert "data-play" in above
    assert recording.key.hex not in above + below
