"""Where figures by unit come from: of a frozen audience the ledger itself, of a living one the last count.

Each source gives, for one message, (unit_id, people, opened, confirmed, told, safe, need_help) of those who count under
the unit itself; the last two are answers to an emergency.
"""

from typing import Any, Final

from fenjin.delivery.models import Message

_FROZEN: Final = """
    SELECT d.unit_id, d.people, coalesce(c.opened, 0) AS opened, coalesce(c.confirmed, 0) AS confirmed,
           coalesce(t.people, 0) AS told, {answers}
    FROM delivery_denominator d
    LEFT JOIN delivery_counter c ON (c.space_id, c.message_id, c.unit_id) = (d.space_id, d.message_id, d.unit_id)
    LEFT JOIN delivery_told t ON (t.space_id, t.message_id, t.unit_id) = (d.space_id, d.message_id, d.unit_id)
    {joined}
    WHERE d.space_id = %(space)s AND d.message_id = %(message)s
"""
_LIVING: Final = """
    SELECT d.unit_id, d.people, d.opened, d.confirmed, coalesce(t.people, 0) AS told, {answers}
    FROM delivery_livingcount d
    LEFT JOIN delivery_told t ON (t.space_id, t.message_id, t.unit_id) = (d.space_id, d.message_id, d.unit_id)
    {joined}
    WHERE d.space_id = %(space)s AND d.message_id = %(message)s
"""
_NO_ANSWERS: Final = {"answers": "0 AS safe, 0 AS need_help", "joined": ""}
_ANSWERS: Final = {
    "answers": "coalesce(s.safe, 0) AS safe, coalesce(s.need_help, 0) AS need_help",
    "joined": """LEFT JOIN delivery_safetycounter s
        ON (s.space_id, s.message_id, s.unit_id) = (d.space_id, d.message_id, d.unit_id)""",
}


def source_of(message: Message) -> str:
    """Return the statement that gives a message's figures by unit; `d` is its row with the denominator."""
    source = _LIVING if message.audience_mode == Message.AudienceMode.LIVING else _FROZEN
    return source.format(**(_ANSWERS if message.is_emergency else _NO_ANSWERS))


def named(message: Message) -> dict[str, Any]:
    """Return the parameters of a source."""
    return {"space": message.space_id, "message": message.pk}
