"""The words that are looked for, and how strictly a space takes it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from fenjin.audit.services import record
from fenjin.kit.errors import NotFound
from fenjin.moderation.access import spaces_to_decide
from fenjin.moderation.models import Lane, Rule, Word
from fenjin.moderation.normal import normalise
from fenjin.moderation.services.refusals import NotLooked

LONGEST = 40
_RAISE = """
INSERT INTO moderation_rule (uid, created_at, space_id, mode, hours, edition)
VALUES (gen_random_uuid(), now(), %s, '', 24, 1)
ON CONFLICT (space_id) DO UPDATE SET edition = moderation_rule.edition + 1
"""


@transaction.atomic
def add_words(*, actor: Any, space_id: int, words: Iterable[str], lane: str, by_sound: bool = False) -> int:
    """Add words to the list of a space and return how many are new; those that are there change their lane.

    Raises NotFound for a space the account does not moderate, NotLooked when no word came.
    """
    _require(actor, space_id)
    wanted = {}
    for word in words:
        text = " ".join(word.split())
        normal = normalise(text).text
        if normal and len(text) <= LONGEST:
            wanted[normal] = text
    if not wanted:
        raise NotLooked
    before = set(Word.objects.filter(space=space_id, normal__in=wanted).values_list("normal", flat=True))
    rows = [
        Word(space_id=space_id, text=text, normal=normal, lane=Lane(lane), by_sound=by_sound, added_by_id=actor.pk)
        for normal, text in wanted.items()
    ]
    Word.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["space", "normal"],
        update_fields=["lane", "by_sound"],
        batch_size=1000,
    )
    new = len(wanted.keys() - before)
    _raise_edition(space_id)
    details = {"words": len(wanted), "new": new, "lane": lane, "by_sound": by_sound}
    record(actor=actor, act="moderation.words_add", target=("space", space_id), space_id=space_id, details=details)
    return new


@transaction.atomic
def remove_word(*, actor: Any, word_id: int) -> str:
    """Take a word off its list and return it; raises NotFound."""
    word = Word.objects.filter(pk=word_id, space__in=spaces_to_decide(actor)).first()
    if word is None:
        raise NotFound
    text, space_id = str(word), word.space_id
    details = {"lane": word.lane, "word_id": word.pk}
    word.delete()
    _raise_edition(space_id)
    record(actor=actor, act="moderation.word_remove", target=("space", space_id), space_id=space_id, details=details)
    return text


@transaction.atomic
def set_rule(*, actor: Any, space_id: int, mode: str, hours: int) -> None:
    """Say how strictly a space takes it; an empty mode follows the group. Raises NotFound."""
    _require(actor, space_id)
    _raise_edition(space_id)
    mode = Rule.Mode(mode) if mode else ""
    Rule.objects.filter(space=space_id).update(mode=mode, hours=hours)
    details = {"mode": mode, "hours": hours}
    record(actor=actor, act="moderation.rule", target=("space", space_id), space_id=space_id, details=details)


def _require(actor: Any, space_id: int) -> None:
    if space_id not in spaces_to_decide(actor):
        raise NotFound


def _raise_edition(space_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [space_id])
