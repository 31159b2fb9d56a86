"""The release record: one line for each act, with the name as it was then."""

from typing import Any

from fenjin.kit import clock
from fenjin.newsroom.models import Article, ReleaseEntry

Act = ReleaseEntry.Act


def enter(
    *,
    actor: Any,
    article: Article,
    act: str,
    words: str = "",
    revision: int | None = None,
    before: int | None = None,
) -> ReleaseEntry:
    """Add a line to the record of an article and return it; `actor=None` is the platform itself.

    `before` is the version that readers saw until then. Call it inside the transaction of the act.
    """
    return ReleaseEntry._base_manager.create(
        space_id=article.space_id,
        article=article,
        act=act,
        account=actor,
        name=str(actor.get_full_name())[:80] if actor is not None else "",
        words=words[:300],
        revision=revision,
        before=before,
        at=clock.now(),
    )
