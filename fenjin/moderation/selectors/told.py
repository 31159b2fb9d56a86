"""What authors have not looked at yet: a decision, an answer, the end of an appeal. The home page says it.

Few people have something to be told at any time, so who they are is kept for all readers together: the home page of
everybody else costs no query more.
"""

import time
from dataclasses import dataclass
from typing import Final, Literal

from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.kit.memory import forgets

SECONDS: Final = 5.0
MOST: Final = 3
Said = Literal["shown", "removed", "answered", "upheld", "overturned"]

# What was taken back, and what stood and was left standing, tells its author nothing. After two weeks it is quiet.
_TOLD: Final = """
SELECT c.person_id, c.id, c.text, c.title,
       CASE WHEN a.decided_at IS NOT NULL THEN a.outcome
            WHEN c.answered_at IS NOT NULL THEN 'answered' ELSE c.state END AS said
FROM moderation_case c LEFT JOIN moderation_appeal a ON a.space_id = c.space_id AND a.case_id = c.id
WHERE c.decided_at > %(now)s::timestamptz - interval '60 days' AND c.text <> ''
  AND (c.state = 'removed' OR c.held OR c.answered_at IS NOT NULL OR a.decided_at IS NOT NULL)
  AND greatest(c.decided_at, c.answered_at, a.decided_at) > %(now)s::timestamptz - interval '14 days'
  AND (c.seen_at IS NULL OR c.seen_at < greatest(c.decided_at, c.answered_at, a.decided_at))
"""
_WHO: Final = f"SELECT DISTINCT person_id FROM ({_TOLD}) AS told"  # noqa: S608 - a constant
_OWN: Final = f"{_TOLD} AND c.person_id = %(person)s ORDER BY c.decided_at DESC, c.id DESC LIMIT {MOST}"

_kept: list[tuple[float, frozenset[int]]] = []


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the author of a text has not looked at."""

    case_id: int
    text: str
    title: str
    said: Said


def list_told(person_id: int) -> list[Told]:
    """Return what a person has not looked at yet, the newest decision first; who has nothing costs no query."""
    if person_id not in _people():
        return []
    return [
        Told(case_id, text, title, said)
        for _person, case_id, text, title, said in ask(_OWN, {"now": clock.now(), "person": person_id})
    ]


def _people() -> frozenset[int]:
    if not _kept or time.monotonic() - _kept[0][0] > SECONDS:
        _kept[:] = [(time.monotonic(), frozenset(person for (person,) in ask(_WHO, {"now": clock.now()})))]
    return _kept[0][1]


@forgets
def forget_told() -> None:
    """Drop who has something to be told."""
    _kept.clear()
