"""Own forms with one foreign row in them: a whole form of rubbish would be refused for another reason.

And the controls: whom it is for does see what the walks look for, and the walks see a view without walls.
"""

import pytest
from django.http import HttpResponse

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.scope import Reason, every_space
from fenjin.media.models import Picture
from fenjin.media.testing import upload
from fenjin.newsroom.models import Article
from fenjin.newsroom.testing import make_article
from tests.house.addresses import Address
from tests.isolation import walk
from tests.isolation.test_walk import faults_of
from tests.isolation.world import MARKER, signed_in

TYPED = {"title": "自己的", "readers": "everybody", "body-count": 0, "body_en-count": 0, "tags": ""}


def foreign_fields(sides):
    """Return the forms that name one foreign row each."""
    everything = walk.forged(sides.theirs, sides.rows) | {"in_space": sides.theirs.space.pk}
    for field in ("cover", "body", "in_space", "column"):
        yield field, {key: value for key, value in everything.items() if key.split("-")[0] == field}


@pytest.mark.parametrize("verb", ["add", "edit"])
def test_own_forms_take_nothing_foreign(verb, sides):
    with every_space(Reason.TEST):
        draft = make_article(space_id=sides.ours.space.pk, actor=sides.ours.editor, publish=False)
    client, before = sides.asking["staff"][1], walk.snapshot(sides.theirs)
    path = f"/studio/articles/{verb}/" + (f"{draft.pk}/" if verb == "edit" else "")
    for field, forged in foreign_fields(sides):
        assert forged, field
        for action in ({}, {"action-create": "1"}, {"action-publish": "1"}):
            assert MARKER not in walk.text_of(walk.ask(client, "post", path, TYPED | forged | action))
            assert walk.crossings(sides.theirs, sides.rows) == [], (field, action)
        preview = path.replace(verb, "preview")
        assert MARKER not in walk.text_of(walk.ask(client, "post", preview, TYPED | forged))
        assert MARKER not in walk.text_of(walk.ask(client, "get", preview, {}))
    assert walk.snapshot(sides.theirs) == before


def test_an_upload_into_a_foreign_space_is_refused(sides):
    client, count = sides.asking["staff"][1], Picture._base_manager.count()
    form = {"space": sides.theirs.space.pk, "title": "x", "focus": "1-1", "file": upload()}
    assert walk.ask(client, "post", "/studio/pictures/add/", form).status_code == 422
    prefixed = {f"image-chooser-upload-{key}": value for key, value in (form | {"file": upload()}).items()}
    walk.ask(client, "post", "/studio/pictures/choose/create/", prefixed)
    assert Picture._base_manager.count() == count


# ---- controls --------------------------------------------------------------------------------------------


def test_whom_it_is_for_does_see_it(sides, asked):
    """Without this the walks would be content with a platform that shows nothing."""
    reader, ours = signed_in(sides.theirs.account), sides.asking["staff"][1]
    seen = set()
    for question in asked:
        if question.address.name in ("newsroom:article", "delivery:message"):
            path = next(path for path, what in question.foreign.items() if what == "sample")
            if MARKER in walk.text_of(walk.ask(reader, "get", path, {})):
                seen.add(question.address.name)
    assert seen == {"newsroom:article", "delivery:message"}
    for path in (f"/studio/articles/edit/{sides.ours.article.pk}/", f"/studio/pictures/edit/{sides.ours.picture.pk}/"):
        assert walk.ask(ours, "get", path, {}).status_code == 200


@needs(SIGNED_IN)
def careless(request):
    with every_space(Reason.TEST):
        return HttpResponse(str(list(Article.objects.values_list("title", flat=True))))


def test_a_view_without_walls_and_a_changed_row_are_seen(sides, monkeypatch):
    address = Address("shell:why", "/why/", careless, (), "/why/")
    question = walk.Question(address, {"/why/": "sample"}, {}, {})
    assert faults_of(sides, "employee", [question]) == []
    monkeypatch.setattr("tests.isolation.walk.ask", lambda client, method, path, data: careless_answer(sides))
    assert len(faults_of(sides, "employee", [question])) == 2
    before = walk.snapshot(sides.theirs)
    with every_space(Reason.TEST):
        Article.objects.filter(pk=sides.theirs.article.pk).update(title="x")
    assert walk.snapshot(sides.theirs) != before


def careless_answer(sides):
    request = type("Request", (), {"user": sides.asking["employee"][0]})()
    return careless(request)
