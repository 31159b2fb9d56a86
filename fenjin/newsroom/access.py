"""Who may read an article: the rule for one, and beside it the same rule for lists."""

from collections.abc import Collection
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest

from fenjin.delivery.selectors import is_recipient, received_content_ids
from fenjin.kit.access import Rule, Verdict
from fenjin.kit.scope import GROUP_SPACE
from fenjin.kit.staff import staff_verdict
from fenjin.newsroom.models import Article, ReleaseStep
from fenjin.people.selectors.branches import people_of_branches
from fenjin.spaces.access import (
    Membership,
    SpacePolicy,
    allowed_to,
    branches_allowing,
    holding,
    membership_of,
    spaces_with_permission,
    spaces_without,
)
from fenjin.spaces.selectors.looks import with_module

KIND = "article"
CHANGE: Final = "newsroom.change_article"


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


def drafts_of_branches(membership: Membership) -> Q:
    """Return the condition for what people of the branches that somebody edits have written and nobody published."""
    found = Q(pk__in=())
    for space, units in branches_allowing(membership, CHANGE).items():
        found |= Q(space=space, live=False, author__person__in=people_of_branches(units))
    return found


def is_of_branches(membership: Membership, article: Article) -> bool:
    """Tell whether somebody from the branches that the account edits wrote the article."""
    units = branches_allowing(membership, CHANGE).get(article.space_id)
    person = article.author.person_id if units and article.author else None
    return bool(units and person and people_of_branches(units).filter(person=person).exists())


class ArticlePolicy(SpacePolicy):
    """What staff may do in the studio: by role; authors with their own drafts; what was read is never deleted."""

    def own_rows(self, user: Any) -> Q | None:
        """Return the condition for an author's rows: by them or their branch, not before readers."""
        return Q(author=user.pk, live=False) | drafts_of_branches(user.membership)

    def is_own(self, user: Any, instance: Any) -> bool:
        """Tell the same of one article."""
        return not instance.live and (instance.author_id == user.pk or is_of_branches(user.membership, instance))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Tell whether the action is allowed on this article."""
        if action == "delete" and instance.first_published_at is not None:
            return False
        return super().user_has_permission_for_instance(user, action, instance)


# ---- release ------------------------------------------------------------------------------------------

# Who may take a step that is anybody's with a role.
TAKERS: Final = {"editor": ("editor", "publisher"), "publisher": ("publisher",)}
WRITERS: Final = ("author", "editor", "publisher")


def _sets_rules(request: HttpRequest) -> Verdict:
    membership = membership_of(request)
    allowed = membership.office == "security" or bool(membership.spaces_with("publisher"))
    return staff_verdict(request, allowed=allowed)


NEWSROOM: Final = holding(*WRITERS)
RULE_SETTER: Final = Rule("security administrator or publisher", _sets_rules)


def may_set_rule(membership: Membership, space_id: int) -> bool:
    """Tell whether somebody says how articles of a space are released: its publishers, and security."""
    return membership.office == "security" or space_id in membership.spaces_with("publisher")


def may_see_record(membership: Membership, article: Article) -> bool:
    """Tell whether a writer may look at the release of an article: authors only at that of their own.

    A role for a branch sees those of the people of the branch.
    """
    if article.space_id in membership.spaces_with("editor", "publisher"):
        return True
    own = article.author_id == membership.account_id and article.space_id in membership.spaces_with("author")
    return own or is_of_branches(membership, article)


def may_take(membership: Membership, step: ReleaseStep, taken_by: Collection[int]) -> bool:
    """Tell whether somebody may take the current step of a release.

    `taken_by` are the accounts that wrote, sent or judged before: where hands are kept apart, theirs are out.
    """
    if not step.current or (step.release.apart and membership.account_id in taken_by):
        return False
    if step.person_id is not None:
        return step.person_id == membership.person_id
    return step.space_id in membership.spaces_with(*TAKERS[step.role])


# ---- what a space may switch off: series, answers, words, talk; and columns, which are always there ---------

TALK: Final = with_module("talk")
SERIES: Final = with_module("series")
ANSWERS: Final = with_module("answers")
SERIES_RIGHT: Final = "newsroom.change_series"
COLUMN_RIGHT: Final = "newsroom.change_column"
TERM_RIGHT: Final = "newsroom.change_term"
ANSWER_RIGHT: Final = "newsroom.change_answer"


def spaces_to_curate(account: Any, right: str) -> frozenset[int]:
    """Return the spaces whose series, columns, words or answers an account looks after, by the right to them."""
    return spaces_with_permission(account, right)


def may_talk(article: Article) -> bool:
    """Tell whether readers comment and like in the space of the article; `TALK` asks for the reader's own."""
    return article.space_id not in spaces_without("talk")


CURATES_SERIES: Final = allowed_to(SERIES_RIGHT)
CURATES_COLUMNS: Final = allowed_to(COLUMN_RIGHT)
CURATES_TERMS: Final = allowed_to(TERM_RIGHT)
CURATES_ANSWERS: Final = allowed_to(ANSWER_RIGHT)


def _columns_alone(request: HttpRequest) -> Verdict:
    with_series = CURATES_SERIES.judge(request) is not Verdict.NOT_FOUND
    return Verdict.NOT_FOUND if with_series else CURATES_COLUMNS.judge(request)


COLUMNS_ALONE: Final = Rule("newsroom.change_column without series", _columns_alone)
