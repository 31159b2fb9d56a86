"""An article that was sent and is changed afterwards leads to where the message is corrected."""

from datetime import timedelta

import pytest

from fenjin.delivery.selectors.of_content import messages_with
from fenjin.delivery.services import Sending, send_message, withdraw_message
from fenjin.delivery.testing import rule_of
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.newsroom.models import Article
from fenjin.newsroom.services import publish_article
from fenjin.newsroom.testing import make_article, make_editor
from fenjin.newsroom.wagtail_hooks.articles import correct_urls
from fenjin.people.testing import make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    unit = make_unit("启明集团")
    make_person(unit=unit)
    editor = make_editor(GROUP_SPACE)
    article = make_article(title="截止十月三十日", actor=editor)
    with every_space(Reason.TEST), clock.pretend(clock.now() + timedelta(minutes=1)):
        message = send_message(
            actor=editor,
            space_id=GROUP_SPACE,
            sending=Sending(kind="article", content_id=article.pk, rule=rule_of(unit)),
            key="sent-correction",
        )
    return editor, article, message


def found(article, spaces=frozenset({GROUP_SPACE})):
    row = Article._base_manager.get(pk=article.pk)
    with every_space(Reason.TEST):
        return messages_with(kind="article", content_id=row.pk, spaces=spaces, before=row.last_published_at)


def test_only_what_was_sent_before_the_change_is_to_be_corrected_and_only_by_its_senders(sent):
    editor, article, message = sent
    assert found(article) == [], "what was sent is what stands there"
    with every_space(Reason.TEST), clock.pretend(clock.now() + timedelta(minutes=30)):
        row = Article.objects.get(pk=article.pk)
        row.title, row.correction = "截止十一月三十日", "是十一月，不是十月。"
        publish_article(actor=editor, article=row)
    Article._base_manager.filter(pk=article.pk).update(last_published_at=clock.now() + timedelta(minutes=30))
    assert found(article) == [message.pk]
    assert found(article, frozenset({2})) == []
    foreign = make_editor(name="别处编辑")
    with every_space(Reason.TEST):
        changed = Article.objects.get(pk=article.pk)
        assert correct_urls(changed, foreign) == []
        assert all(str(message.pk) in url for url in correct_urls(changed, editor))
        other = make_article(title="别的", actor=editor)
        Article.objects.filter(pk=other.pk).update(last_published_at=clock.now() + timedelta(minutes=30))
        assert found(other) == []
        withdraw_message(actor=editor, message_id=message.pk, why="不发了")
    assert found(article) == [], "what was withdrawn is not corrected"


def test_a_version_was_made_when_it_was_sent_by_the_clock_of_the_house(sent):
    _editor, _article, message = sent
    with every_space(Reason.TEST):
        assert message.versions.get().created_at == message.sent_at
