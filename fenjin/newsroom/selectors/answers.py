"""Reads of answers: one in force for each question."""

import unicodedata
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.newsroom.access import spaces_of
from fenjin.newsroom.models import Answer, Article
from fenjin.spaces.access import Membership, spaces_without

MOST: Final = 60


def norm_of(question: str) -> str:
    """Return a question without signs, blanks, case and width: two that differ in nothing else are the same."""
    folded = unicodedata.normalize("NFKC", question).casefold()
    return "".join(sign for sign in folded if sign.isalnum())[:MOST]


def list_answers(membership: Membership, text: str = "", count: int = 100) -> list[Answer]:
    """Return the answers in force of the person's spaces; with `text` those that speak of it."""
    if membership.person_id is None:
        return []
    rows = _in_force(spaces_of(membership) - spaces_without("answers"))
    if text:
        said = Q(question__icontains=text) | Q(text__icontains=text) | Q(question_en__icontains=text)
        norm = norm_of(text)
        rows = rows.filter(said | Q(norm__contains=norm) | Q(norms__contains=[norm]) if norm else said)
    return list(listing(rows.order_by("-checked_at", "-pk"))[:count])


def get_answer(membership: Membership, pk: int) -> Answer:
    """Return an answer of the person's spaces, also one that was replaced; raises NotFound."""
    if membership.person_id is None:
        raise NotFound
    rows = Answer.objects.filter(pk=pk, space__in=spaces_of(membership) - spaces_without("answers"))
    found = rows.select_related("article", "replaced_by").defer("article__body", "article__body_en").first()
    if found is None:
        raise NotFound
    answer: Answer = found
    return answer


def newest_of(answer: Answer) -> Answer:
    """Return the answer in force that stands at the end of a chain of replacements: the answer itself, mostly."""
    seen: set[int] = set()
    while answer.replaced_by_id and answer.pk not in seen:
        seen.add(answer.pk)
        answer = Answer.objects.get(pk=answer.replaced_by_id)
    return answer


def answers_in(article_ids: Any) -> list[Answer]:
    """Return the answers in force that these articles explain."""
    rows = Answer.objects.filter(article__in=article_ids, replaced_by__isnull=True)
    rows = rows.exclude(space__in=spaces_without("answers"))
    return list(listing(rows.order_by("pk"))[:20])


def same_question(space_id: int, question: str, *, besides: int | None = None) -> Answer | None:
    """Return the answer in force to this question, asked in whatever of its wordings; None if there is none."""
    norm = norm_of(question)
    rows = Answer.objects.filter(space=space_id, replaced_by__isnull=True)
    found: Answer | None = rows.filter(Q(norm=norm) | Q(norms__contains=[norm])).exclude(pk=besides).first()
    return found


def _in_force(spaces: frozenset[int]) -> QuerySet[Answer]:
    rows: QuerySet[Answer] = Answer.objects.filter(space__in=spaces, replaced_by__isnull=True)
    return rows


# ---- for the studio --------------------------------------------------------------------------------------


def list_answers_to_edit(spaces: frozenset[int], text: str = "") -> list[Answer]:
    """Return the answers of these spaces, those in force first."""
    rows = Answer.objects.filter(space__in=spaces).select_related("space", "article", "replaced_by")
    if text:
        rows = rows.filter(Q(question__icontains=text) | Q(text__icontains=text) | Q(owner__icontains=text))
    short = rows.defer("article__body", "article__body_en")
    return list(listing(short.order_by(F("replaced_by").asc(nulls_first=True), "-checked_at", "-pk"))[:300])


def get_answer_to_edit(spaces: frozenset[int], pk: int) -> Answer:
    """Return an answer of these spaces; raises NotFound."""
    row = Answer.objects.filter(pk=pk, space__in=spaces).select_related("replaced_by").first()
    if row is None:
        raise NotFound
    found: Answer = row
    return found


def list_explaining(spaces: frozenset[int]) -> list[tuple[int, str]]:
    """Return (id, title) of the published articles of these spaces, newest first: one may explain an answer."""
    rows = Article.objects.filter(live=True, space__in=spaces).order_by("-first_published_at", "-pk")
    return list(rows.values_list("pk", "title")[:200])
