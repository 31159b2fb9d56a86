"""Reads of the glossary: the words of the trade, as a reader of some spaces knows them."""

from django.db.models import Q

from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.newsroom.models import Term


def list_terms(spaces: frozenset[int]) -> list[Term]:
    """Return the words of these spaces; where two have the same, the sub-platform's own stands before the group's."""
    return list(listing(Term.objects.filter(space__in=spaces).order_by("-space", "pk")))


def list_terms_to_edit(spaces: frozenset[int], text: str = "") -> list[Term]:
    """Return the words of these spaces that contain `text`, by their pinyin's order in the database."""
    rows = Term.objects.filter(space__in=spaces).select_related("space")
    if text:
        rows = rows.filter(Q(word__icontains=text) | Q(meaning__icontains=text) | Q(word_en__icontains=text))
    return list(listing(rows.order_by("word", "pk"))[:300])


def get_term_to_edit(spaces: frozenset[int], pk: int) -> Term:
    """Return a word of these spaces; raises NotFound."""
    row = Term.objects.filter(pk=pk, space__in=spaces).first()
    if row is None:
        raise NotFound
    found: Term = row
    return found
