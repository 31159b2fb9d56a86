"""What the newsroom notes when an article is read as a message: for the reader alone, how far in its series."""

import time
from typing import Any, Final

from django.db import connection

from fenjin.kit import clock
from fenjin.kit.db import ask
from fenjin.kit.memory import forgets
from fenjin.newsroom.selectors.series import SHOWN

SECONDS: Final = 5.0  # what is a part of a series is remembered that long, so that most messages ask nothing

_PARTS: Final = """
SELECT p.article_id FROM newsroom_seriespart p JOIN newsroom_series s ON s.id = p.series_id
WHERE p.kind = 'series' AND s.state = ANY(%s)
"""
_NOTE: Final = """
INSERT INTO newsroom_seriesreading AS r (space_id, person_id, series_id, article_ids, read_at)
SELECT s.space_id, %(person)s, s.id, ARRAY[p.article_id], %(now)s
FROM newsroom_seriespart p JOIN newsroom_series s ON s.id = p.series_id
WHERE p.article_id = %(article)s AND p.kind = 'series' AND s.state = ANY(%(shown)s)
ON CONFLICT (space_id, person_id, series_id) DO UPDATE SET read_at = EXCLUDED.read_at,
    article_ids = CASE WHEN EXCLUDED.article_ids <@ r.article_ids THEN r.article_ids
                       ELSE r.article_ids || EXCLUDED.article_ids END
"""
_parts: tuple[float, frozenset[int]] = (-SECONDS, frozenset())


@forgets
def forget_parts() -> None:
    """Forget which articles are parts of a series."""
    global _parts
    _parts = (-SECONDS, frozenset())


def note_message(person_id: int, article_id: int) -> None:
    """Note that somebody opened an article as a message: as a part of a series it counts as read. Safe to repeat.

    It is not counted among the articles opened most: a message was sent to people, they did not choose it.
    """
    if not follows_message(article_id):
        return
    values: dict[str, Any] = {
        "person": person_id,
        "article": article_id,
        "now": clock.now(),
        "shown": [str(state) for state in SHOWN],
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, values)


def follows_message(article_id: int) -> bool:
    """Tell whether it is noted who opens an article as a message: whether it is a part of a series."""
    return article_id in _articles_in_series()


def _articles_in_series() -> frozenset[int]:
    global _parts
    made, known = _parts
    if time.monotonic() - made >= SECONDS:
        known = frozenset(article_id for (article_id,) in ask(_PARTS, [[str(state) for state in SHOWN]]))
        _parts = (time.monotonic(), known)
    return known
