"""What one person answered and asked, for that person's own copy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fenjin.kit.db import ask

_ANSWERS: Final = """
SELECT coalesce(v.title, ''), a.text, a.photo <> '', a.erased_at IS NOT NULL, a.answered_at
FROM spaces_space s
JOIN delivery_answer a ON a.space_id = s.id AND a.person_id = %(person)s
LEFT JOIN delivery_messageversion v ON v.message_id = a.message_id AND v.number = a.version
ORDER BY a.answered_at DESC
"""
_REMARKS: Final = """
SELECT coalesce(v.title, ''), r.by_desk, r.text, r.said_at
FROM delivery_conversation c
JOIN delivery_remark r ON r.conversation_id = c.id
JOIN delivery_message m ON m.id = c.message_id
LEFT JOIN delivery_messageversion v ON v.message_id = m.id AND v.number = m.current_version
WHERE c.person_id = %(person)s ORDER BY c.id DESC, r.id
"""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Answers: (message, words, has a photograph, was erased, when). Remarks: (message, by the desk, words, when)."""

    answers: tuple[tuple[str, str, bool, bool, datetime], ...]
    remarks: tuple[tuple[str, bool, str, datetime], ...]


def own_words(person_id: int) -> OwnWords:
    """Return what one person answered and asked, and was answered, the newest first."""
    person = {"person": person_id}
    return OwnWords(tuple(ask(_ANSWERS, person)), tuple(ask(_REMARKS, person)))  # type: ignore[arg-type]
