"""One question with all its versions."""

from collections.abc import Iterable

from fenjin.kit.components import Picture as Shown
from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.media.selectors import pictures_by_id, shown
from fenjin.quiz.kinds import Content
from fenjin.quiz.models import Question, QuestionVersion, Topic


def get_question(spaces: frozenset[int], pk: int) -> Question:
    """Return a question of these spaces with its topic and its newest and current version; raises NotFound."""
    rows = Question.objects.filter(pk=pk, space__in=spaces).defer("shingles")
    row = rows.select_related("topic", "space", "newest__made_by__person", "current").first()
    if row is None:
        raise NotFound
    found: Question = row
    return found


def list_versions(question: Question) -> list[QuestionVersion]:
    """Return the versions of a question, the newest first, with who wrote and judged them."""
    rows = QuestionVersion.objects.filter(question=question.pk).order_by("-number")
    return list(listing(rows.select_related("made_by__person", "sent_by__person", "judged_by__person")))


def get_version(question: Question, number: int) -> QuestionVersion:
    """Return one version of a question; raises NotFound."""
    row = QuestionVersion.objects.filter(question=question.pk, number=number).first()
    if row is None:
        raise NotFound
    found: QuestionVersion = row
    return found


def get_topic(spaces: frozenset[int], pk: int) -> Topic:
    """Return a topic of these spaces; raises NotFound."""
    row = Topic.objects.filter(pk=pk, space__in=spaces).first()
    if row is None:
        raise NotFound
    found: Topic = row
    return found


def pictures_of(contents: Iterable[Content]) -> dict[int, Shown]:
    """Return the pictures of some questions as components draw them; withdrawn ones are left out."""
    pieces = [piece for one in contents for piece in (one.stem, *one.options, *one.partners)]
    ids = {piece.picture for piece in pieces if piece.picture is not None}
    return {number: shown(picture) for number, picture in pictures_by_id(ids).items()} if ids else {}
