"""Run inside an installation: give everybody a session, send messages, have people rung for each; say who is who."""

import json
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.db import transaction  # noqa: E402
from pyroaring import BitMap  # noqa: E402

from bench import reach  # noqa: E402
from fenjin.delivery.models import Message, MessageVersion, Outbox  # noqa: E402
from fenjin.delivery.services.outbox import ring  # noqa: E402
from fenjin.delivery.testing import make_message, note_kind, sender  # noqa: E402
from fenjin.kit import clock  # noqa: E402
from fenjin.kit.scope import Reason, every_space  # noqa: E402
from fenjin.people.models import Consent, PersonPrivate, Unit  # noqa: E402

RUNG = 20  # people who never open anything, so that each of their rows has to go out
PARKED = datetime(9000, 1, 1, tzinfo=UTC)


def main(secret: str, count: int) -> None:
    """Print the messages, the hash of their body, who received them, and who of those is rung by all channels."""
    reach.invite_all(secret)
    note_kind(reach.WORDS)
    with every_space(Reason.COMMAND):
        root, actor = Unit.objects.get(parent=None), sender()
        messages = [make_message(root, actor=actor) for _message in range(count)]
        sha256 = MessageVersion.objects.get(message=messages[0]).sha256
    people = reach.with_session(sorted(BitMap.deserialize(bytes(messages[0].bitmap))))
    rung, readers = people[:RUNG], people[RUNG:]
    _allow_letters(rung)
    for message in messages:
        _ring(message, rung)
    about = {"messages": [message.pk for message in messages], "sha256": sha256, "people": readers, "rung": rung}
    print(json.dumps(about | {"cookie_name": reach.cookie_name()}))


def _allow_letters(people: list[int]) -> None:
    purpose, now = Consent.Purpose.EMAIL_NOTICES, clock.now()
    for person in people:
        PersonPrivate.objects.update_or_create(person_id=person, defaults={"email": f"person{person}@example.com"})
        Consent.objects.create(person_id=person, purpose=purpose, given_at=now, notice_number=1, language="zh-hans")


@transaction.atomic
def _ring(message: Message, people: list[int]) -> None:
    """Queue rows of one person each, by night as by day, that wait until the test lets them go."""
    for person in people:
        assert ring(message=message, people=[person], why=f"crash-{person}", importance="emergency") == 1
    Outbox._base_manager.filter(message_id=message.pk).update(not_before=PARKED)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
