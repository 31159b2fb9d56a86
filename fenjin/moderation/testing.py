"""Cases, words and moderators for everybody's tests."""

from collections.abc import Callable
from itertools import count
from typing import Any

from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.moderation.models import Case, Lane, Word
from fenjin.moderation.register import Kind, kinds, register_kind
from fenjin.moderation.services import add_words, appeal, bring, decide_case, report
from fenjin.moderation.services.bringing import Text
from fenjin.people.testing import make_account, make_person
from fenjin.spaces.testing import give_role, with_rights

_numbers = count(7_000_001)
KIND = "test-text"
decisions: dict[int, bool | None] = {}
answers: dict[int, str] = {}


def make_moderator(*spaces: int, name: str = "周审核") -> Any:
    """Return the account of a moderator of these spaces, as a request carries it."""
    account = make_account(make_person(name))
    for space_id in spaces:
        give_role(account.person, "moderator", space_id=space_id)
    return with_rights(account)


def make_word(text: str, *, space_id: int = GROUP_SPACE, lane: str = Lane.ATTACK, by_sound: bool = False) -> Word:
    """Return a word that is looked for in a space."""
    with every_space(Reason.TEST):
        actor = make_moderator(space_id)
        add_words(actor=actor, space_id=space_id, words=[text], lane=lane, by_sound=by_sound)
        word: Word = Word.objects.get(space=space_id, text=text)
    return word


def make_text(text: str = "写点什么", *, person: Any, space_id: int = GROUP_SPACE, object_id: int = 0) -> Text:
    """Return a text of a made-up kind, which keeps what was decided in `decisions` and `answers`."""
    if KIND not in {kind.key for kind in kinds()}:
        register_kind(Kind(KIND, "Text", _decided, _answered, lambda space, wanted: []))
    number = object_id or next(_numbers)
    return Text(KIND, space_id, number, person.pk, text, "标题", f"/news/{number}/")


def make_case(text: str = "你这个笨蛋", *, person: Any, space_id: int = GROUP_SPACE, word: str = "笨蛋") -> Case:
    """Return a case that waits: `word` is on the space's list."""
    make_word(word, space_id=space_id)
    with every_space(Reason.TEST):
        outcome = bring(make_text(text, person=person, space_id=space_id))
        case: Case = Case.objects.get(pk=outcome.case_id)
    return case


def furnish(world: Any) -> None:
    """Give a world a case that waits, one that was taken away, an appeal against that, and a report."""
    person, space_id = world.person, world.space.pk
    make_case(f"{world.article.title} 笨蛋", person=person, space_id=space_id)
    removed = make_case(f"{world.article.title} 笨蛋", person=person, space_id=space_id)
    decide_case(
        actor=make_moderator(space_id), case_id=removed.pk, shown=False, lane=Lane.ATTACK, reason=world.article.title
    )
    appeal(person_id=person.pk, case_id=removed.pk, text=world.article.title, client_key=f"furnish-{removed.pk}")
    text = make_text(world.article.title, person=person, space_id=space_id)
    report(text, by=make_person().pk, lane=Lane.OFF_TOPIC, note=world.article.title)


def _decided(*, space_id: int, object_id: int, shown: bool) -> None:
    decisions[object_id] = shown


def _answered(*, space_id: int, object_id: int, text: str) -> None:
    answers[object_id] = text


def _sample(world: Any) -> dict[str, Any]:
    return {"case_id": make_case(f"{world.article.title} 笨蛋", person=world.person, space_id=world.space.pk).pk}


def _word(world: Any) -> dict[str, Any]:
    return {"word_id": make_word("坏话", space_id=world.space.pk).pk}


SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "moderation:own_cases": lambda world: {},
    "moderation:own_case": _sample,
    "moderation_desk:queue": lambda world: {},
    "moderation_desk:words": lambda world: {},
    "moderation_desk:month": lambda world: {},
    "moderation_desk:rule": lambda world: {},
    "moderation_desk:word_remove": _word,
    "moderation_desk:case": _sample,
    "moderation_desk:case_decide": _sample,
    "moderation_desk:case_claim": _sample,
    "moderation_desk:case_undo": _sample,
    "moderation_desk:case_answer": _sample,
    "moderation_desk:case_appeal": _sample,
}
