"""Who may read an article: the rule for one, and beside it the same rule for lists."""

from typing import Any

from django.db.models import Q

from fenjin.delivery.selectors import is_recipient, received_content_ids
from fenjin.kit.scope import GROUP_SPACE
from fenjin.newsroom.models import Article
from fenjin.spaces.access import Membership, SpacePolicy

KIND = "article"


def spaces_of(membership: Membership) -> frozenset[int]:
    """Return the spaces whose news a person reads: the group's and those of the own posts."""
    return membership.spaces | {GROUP_SPACE} if membership.person_id else frozenset()


def can_read(membership: Membership, article: Article) -> bool:
    """Tell whether an employee may read the article: published, of an own space, and meant for them.

    An article for recipients only is open to those who were sent it as a message, and to nobody else.
    """
    if not article.live or article.space_id not in spaces_of(membership) or membership.person_id is None:
        return False
    if article.readers == Article.Readers.EVERYBODY:
        return True
    return is_recipient(person_id=membership.person_id, kind=KIND, content_id=article.pk)


def readable(membership: Membership) -> Q:
    """Return the same rule as a condition on articles."""
    if membership.person_id is None:
        return Q(pk__in=())
    received = received_content_ids(person_id=membership.person_id, kind=KIND)
    mine = Q(readers=Article.Readers.EVERYBODY) | Q(readers=Article.Readers.RECIPIENTS, pk__in=received)
    return Q(live=True, space_id__in=spaces_of(membership)) & mine


def may_hang(article: Article) -> bool:
    """Tell whether an article may leave the phone: as a card in a chat, as a poster on a wall.

    What is meant for the recipients of a message does not: whoever walks past would read it.
    """
    return bool(article.live and article.readers == Article.Readers.EVERYBODY)


def readable_by_all(spaces: frozenset[int]) -> Q:
    """Return the condition for what everybody of these spaces reads: the part of lists that may be shared."""
    return Q(live=True, space_id__in=spaces, readers=Article.Readers.EVERYBODY)


class ArticlePolicy(SpacePolicy):
    """What staff may do in the studio: by role; authors with their own drafts; what was read is never deleted."""

    def own_rows(self, user: Any) -> Q | None:
        """Return the condition for an author's rows: written by them, and not before readers."""
        return Q(author=user.pk, live=False)

    def is_own(self, user: Any, instance: Any) -> bool:
        """Tell the same of one article."""
        return instance.author_id == user.pk and not instance.live

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Tell whether the action is allowed on this article."""
        if action == "delete" and instance.first_published_at is not None:
            return False
        return super().user_has_permission_for_instance(user, action, instance)
