"""Content that can be sent, and messages, for everybody's tests."""

from collections.abc import Callable
from dataclasses import asdict
from itertools import count
from typing import Any
from uuid import UUID

from fenjin.delivery import register
from fenjin.delivery.models import Conversation, Message, SendingRules, WaitingCorrection
from fenjin.delivery.selectors import get_message_for
from fenjin.delivery.services import Sending, approve_message, send_message
from fenjin.delivery.services.talks import ask_sender
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.people.testing import make_account, make_person
from fenjin.spaces.access import HeldRole, Membership
from fenjin.spaces.testing import make_editor

_keys = count(1)
NOTE = "test-note"


def note_kind(html: str = "<p>今天起，先断电，再处置。</p>") -> register.ContentKind:
    """Return (and sign once) a kind of content for tests: every number is a note that anybody may send."""
    if NOTE not in {kind.key for kind in register.kinds()}:
        frozen = register.Frozen("冬季安全十条", "先断电，再处置", html, "今天起，先断电，再处置。", reading_seconds=90)
        register.register_kind(
            register.ContentKind(
                NOTE, "Note", lambda request: [(1, "冬季安全十条")], lambda pk: frozen, lambda m, pk: True
            )
        )
    return register.kind(NOTE)


def sender(*, space_id: int = GROUP_SPACE, unit: Any = None) -> Any:
    """Return an editor's account, with the membership that a request would load."""
    account: Any = make_account(make_person("李编辑"))
    role = HeldRole(space_id, "editor", unit.pk if unit else None)
    account.membership = Membership(account_id=account.pk, person_id=None, roles=(role,))
    return account


def rule_of(*units: Any, minus: tuple[Any, ...] = ()) -> dict[str, Any]:
    """Return the rule "these units, less those"."""
    return {"any": [{"unit": unit.pk} for unit in units], "none": [{"unit": unit.pk} for unit in minus]}


def make_message(*units: Any, actor: Any = None, confirm: bool = True, **fields: Any) -> Message:
    """Return a message sent by the group to the people of `units`, asking for confirmation.

    Nobody is asked because of its head count, unless the space has set limits of its own.
    """
    note_kind()
    values: dict[str, Any] = {
        "kind": NOTE,
        "content_id": 1,
        "rule": rule_of(*units),
        "importance": "confirm" if confirm else "ordinary",
    }
    space_id, key = fields.pop("space_id", GROUP_SPACE), fields.pop("key", None) or f"test-key-{next(_keys)}"
    actor = actor or sender()
    with every_space(Reason.TEST):
        SendingRules.objects.get_or_create(
            space_id=space_id, defaults={"limits": {}, "set_by_id": actor.pk, "set_at": clock.now()}
        )
    return send_message(actor=actor, space_id=space_id, sending=Sending(**(values | fields)), key=key)


def make_emergency(*units: Any, actor: Any = None, **fields: Any) -> Message:
    """Return an emergency of the group that asks the people of `units` whether they are safe; two editors sent it."""
    space_id = fields.get("space_id", GROUP_SPACE)
    second = make_editor(space_id)
    planned = make_message(*units, actor=actor or make_editor(space_id), importance="emergency", **fields)
    return approve_message(actor=second, message_id=planned.pk)


def make_conversation(message: Message, person_id: int, text: str = "集合点在哪里？") -> Conversation:
    """Return a conversation that waits: the person has asked the desk that sent the message."""
    Message._base_manager.filter(pk=message.pk).update(reply_allowed=True)
    asked = get_message_for(person_id, message.pk).message
    return ask_sender(person_id=person_id, message=asked, text=text, key=f"test-key-{next(_keys)}")


def furnish(world: Any) -> None:
    """Give a world a correction of its message that waits for a second person."""
    title = world.article.title
    WaitingCorrection.objects.create(
        space_id=world.space.pk,
        message=world.message,
        note=title,
        words=asdict(register.Frozen(title, title, f"<p>{title}</p>", title)),
        asked_by=world.editor,
        asked_at=clock.now(),
    )


SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "delivery:message": lambda world: {"message_id": world.message.pk},
    "delivery:message_confirm": lambda world: {"message_id": world.message.pk},
    "delivery:message_safety": lambda world: {"message_id": world.message.pk},
    "delivery:message_undo": lambda world: {"message_id": world.message.pk},
    "delivery_desk:approval": lambda world: {"message_id": world.message.pk},
    "delivery_desk:approve": lambda world: {"message_id": world.message.pk},
    "delivery_desk:decline": lambda world: {"message_id": world.message.pk},
    "delivery_desk:correction": lambda world: {"message_id": world.message.pk},
    "delivery_desk:correction_step": lambda world: {"message_id": world.message.pk, "name": "approve"},
    "delivery_desk:sending_rules": lambda world: {"space_id": world.message.space_id},
    "delivery_desk:note_new": lambda world: {"form": "text"},
    "delivery_desk:note": lambda world: {"note_id": 987654},
    "delivery:why": lambda world: {"message_id": world.message.pk},
    "delivery:mute": lambda world: {"message_id": world.message.pk},
    "delivery:reply": lambda world: {"message_id": world.message.pk},
    "delivery_desk:answers": lambda world: {"message_id": world.message.pk},
    "delivery_desk:answer_photo": lambda world: {"message_id": world.message.pk, "key": UUID(int=1)},
    "delivery_desk:conversation": lambda world: {"conversation_id": world.conversation.pk},
    "delivery_desk:conversation_step": lambda world: {"conversation_id": world.conversation.pk, "name": "close"},
    "delivery_desk:ready_drop": lambda world: {"ready_id": world.ready_answer.pk},
    "delivery_desk:board": lambda world: {"message_id": world.message.pk},
    "delivery_desk:board_people": lambda world: {"message_id": world.message.pk},
    "delivery_desk:board_take": lambda world: {"message_id": world.message.pk, "person_id": world.person.pk},
    "delivery_desk:board_end": lambda world: {"message_id": world.message.pk},
    "delivery_desk:silent": lambda world: {"message_id": world.message.pk},
    "delivery_desk:unconfirmed": lambda world: {"message_id": world.message.pk},
    "delivery_desk:unconfirmed_file": lambda world: {"message_id": world.message.pk},
    "delivery_desk:board_xlsx": lambda world: {"message_id": world.message.pk},
    "delivery_desk:all_clear": lambda world: {"message_id": world.message.pk},
    "delivery_desk:remind": lambda world: {"message_id": world.message.pk, "name": "now"},
    "delivery_desk:manage": lambda world: {"message_id": world.message.pk},
    "delivery_desk:step": lambda world: {"message_id": world.message.pk, "name": "pause"},
    "delivery_desk:correct": lambda world: {"message_id": world.message.pk},
    "delivery_desk:withdraw": lambda world: {"message_id": world.message.pk},
    "delivery_desk:channels_of": lambda world: {"message_id": world.message.pk},
    "delivery_desk:settle": lambda world: {"message_id": world.message.pk, "uid": world.message.uid, "how": "again"},
    "delivery_desk:ringing_of": lambda world: {"space_id": world.message.space_id},
    "delivery_desk:coverage": lambda world: {"message_id": world.message.pk},
    "delivery_desk:coverage_cuts": lambda world: {"message_id": world.message.pk},
    "delivery_desk:message_poster": lambda world: {"message_id": world.message.pk},
    "delivery_desk:aloud_units": lambda world: {"message_id": world.message.pk},
    "delivery_desk:aloud_unit": lambda world: {"message_id": world.message.pk, "unit_id": world.unit.pk},
    "delivery_desk:aloud_back": lambda world: {"message_id": world.message.pk, "unit_id": world.unit.pk},
    "delivery_desk:coverage_file": lambda world: {"message_id": world.message.pk, "form": "csv"},
}
