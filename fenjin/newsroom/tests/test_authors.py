"""What an author may do with articles: write, go on with the own drafts, and nothing else."""

import pytest

from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.models import Article
from fenjin.newsroom.services import publish_article
from fenjin.newsroom.testing import make_article
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.spaces.testing import give_role, make_editor

TYPED = {
    "title": "换个标题",
    "readers": "everybody",
    "body-count": 0,
    "body_en-count": 0,
    "action-publish": "1",
}


@pytest.fixture
def author(db):
    account = make_account(make_person("赵敏"))
    give_role(account.person, "author")
    return account


def test_an_author_sees_and_opens_the_own_drafts_only(client, author):
    editor = make_editor(1)
    mine, other = make_article(actor=author, publish=False), make_article(actor=editor, publish=False)
    sign_in(client, author)
    listed = client.get("/studio/articles/")
    assert [row.pk for row in listed.context["object_list"]] == [mine.pk]
    assert client.get(f"/studio/articles/edit/{mine.pk}/").status_code == 200
    for view in ("edit", "history", "delete", "preview", "unpublish"):
        assert client.get(f"/studio/articles/{view}/{other.pk}/").status_code in (302, 404)


def test_an_author_does_not_publish_and_lets_go_of_what_is_published(client, author):
    mine = make_article(actor=author, publish=False)
    sign_in(client, author)
    client.post(f"/studio/articles/edit/{mine.pk}/", TYPED)
    with every_space(Reason.TEST):
        assert not Article.objects.get(pk=mine.pk).live  # kept as a draft
        assert Article.objects.get(pk=mine.pk).get_latest_revision_as_object().title == "换个标题"
        publish_article(actor=make_editor(1), article=Article.objects.get(pk=mine.pk))
    assert client.get(f"/studio/articles/edit/{mine.pk}/").status_code in (302, 404)
    assert list(client.get("/studio/articles/").context["object_list"]) == []
    assert client.get("/studio/messages/send/").status_code == 404
    assert client.get("/studio/organisation/").status_code == 404
