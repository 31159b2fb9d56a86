"""What people answered in emergencies: shown to them, and their own words taken away when they wish it."""

from django.db import connection
from django.utils.translation import gettext as _

from fenjin.kit.wording import record_time
from fenjin.people.register import Fate, Sheet, Subject

# The ledger's keys begin with the space: each one is asked by its own key, so nothing is scanned.
_ANSWERS = """
SELECT version.title, said.needs_help, said.place, said.words, said.answered_at, said.taken_at
FROM spaces_space space
CROSS JOIN LATERAL (
    SELECT message_id, needs_help, place, words, answered_at, taken_at FROM delivery_safetyanswer
    WHERE space_id = space.id AND person_id = %(person)s
    UNION ALL
    SELECT message_id, needs_help, place, words, answered_at, taken_at FROM delivery_pastsafetyanswer
    WHERE space_id = space.id AND person_id = %(person)s
) said
JOIN delivery_message message ON message.id = said.message_id
JOIN delivery_messageversion version ON version.message_id = message.id AND version.number = message.current_version
ORDER BY said.answered_at DESC
"""
_FORGET = "UPDATE {} SET words = '', place = '' WHERE person_id = %s AND (words <> '' OR place <> '')"


def collect(subject: Subject) -> list[Sheet]:
    """Return what a person answered in emergencies, earlier answers too."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, {"person": subject.person_id})
        rows = cursor.fetchall()
    if not rows:
        return []
    return [
        Sheet(
            key="emergencies",
            title=_("Your answers in emergencies"),
            columns=(
                _("Message"),
                _("Answer"),
                _("Whereabouts"),
                _("Words of the answer"),
                _("When"),
                _("Taken care of"),
            ),
            rows=tuple(
                (
                    title,
                    _("I need help") if needs_help else _("I am safe"),
                    place,
                    words,
                    record_time(answered_at),
                    record_time(taken_at) if taken_at else "",
                )
                for title, needs_help, place, words, answered_at, taken_at in rows
            ),
            source=_("noted when you answer; the duty desk of your branch sees it"),
            until=_("kept with the message"),
        )
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that the answer itself stays, since it is counted, and that place and words go."""
    why = _("they are counted in your unit's numbers; place and words are erased")
    return [Fate(sheet.title, len(sheet.rows), goes=False, why=why) for sheet in collect(subject)]


def erase(subject: Subject) -> dict[str, int]:
    """Erase place and words of all answers; return how many had any."""
    gone = 0
    with connection.cursor() as cursor:
        for table in ("delivery_safetyanswer", "delivery_pastsafetyanswer"):
            cursor.execute(_FORGET.format(table), [subject.person_id])
            gone += cursor.rowcount
    return {"emergency-words": gone} if gone else {}
