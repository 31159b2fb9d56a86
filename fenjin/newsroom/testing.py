"""Articles for everybody's tests."""

import uuid
from collections.abc import Callable
from itertools import count
from typing import Any

from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.newsroom.models import Article
from fenjin.newsroom.services import publish_article
from fenjin.people.testing import make_account, make_person
from fenjin.spaces.testing import give_role, with_rights

_numbers = count(1)


def make_editor(*spaces: int, name: str = "李编辑") -> Any:
    """Return the account of an editor of these spaces, with the membership that a request would load."""
    account = make_account(make_person(name))
    for space_id in spaces:
        give_role(account.person, "editor", space_id=space_id)
    return with_rights(account)


def part(kind: str, value: Any) -> dict[str, Any]:
    """Return one part of a body: text (HTML), heading, picture, quote or table."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def make_article(
    *,
    title: str = "",
    space_id: int = GROUP_SPACE,
    publish: bool = True,
    recipients_only: bool = False,
    body: list[dict[str, Any]] | None = None,
    actor: Any = None,
    **fields: Any,
) -> Article:
    """Return an article of a space: published unless `publish=False`, for everybody unless `recipients_only`."""
    readers = Article.Readers.RECIPIENTS if recipients_only else Article.Readers.EVERYBODY
    with every_space(Reason.TEST):
        article = Article(
            space_id=space_id,
            title=title or f"文章{next(_numbers)}",
            body=body if body is not None else [part("text", "<p>今天起，先断电，再处置。</p>")],
            readers=readers,
            author=actor,
            **fields,
        )
        article.full_clean()
        article.save()
        if publish:
            return publish_article(actor=actor, article=article)
        article.save_revision(user=actor, log_action=False)
    return article


SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "newsroom:list": lambda world: {},
    "newsroom:article": lambda world: {"pk": world.article.pk},
    "newsroom:card": lambda world: {"pk": world.article.pk},
    "newsroom:card_picture": lambda world: {"pk": world.article.pk},
    "newsroom:poster": lambda world: {"pk": world.article.pk},
    "newsroom:poster_file": lambda world: {"pk": world.article.pk},
    "newsroom:poster_picture": lambda world: {"pk": world.article.pk},
}
