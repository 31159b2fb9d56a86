"""What the newsroom asks of a new space on its first day."""

from django.utils.translation import gettext_lazy as _

from fenjin.kit.db import ask
from fenjin.spaces.register import FirstDayStep


def _published(spaces: frozenset[int]) -> frozenset[int]:
    published = "SELECT DISTINCT space_id FROM newsroom_article WHERE first_published_at IS NOT NULL"
    found = ask(f"{published} AND space_id = ANY(%(ids)s)", {"ids": list(spaces)})
    return frozenset(space for (space,) in found)


STEP = FirstDayStep(
    "article",
    _("Publish a first article"),
    _("A title and three sentences are enough. Look at it on a phone before you publish."),
    "articles:add",
    _published,
    order=40,
)
