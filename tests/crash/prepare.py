"""Run inside an installation: give everybody a session, send messages, say to whom."""

import json
import sys

import django

django.setup()

from pyroaring import BitMap  # noqa: E402

from bench import reach  # noqa: E402
from fenjin.delivery.models import MessageVersion  # noqa: E402
from fenjin.delivery.testing import make_message, note_kind, sender  # noqa: E402
from fenjin.kit.scope import Reason, every_space  # noqa: E402
from fenjin.people.models import Unit  # noqa: E402


def main(secret: str, count: int) -> None:
    """Print the messages, the hash of their body, and who received them."""
    reach.invite_all(secret)
    note_kind(reach.WORDS)
    with every_space(Reason.COMMAND):
        root, actor = Unit.objects.get(parent=None), sender()
        messages = [make_message(root, actor=actor) for _message in range(count)]
        sha256 = MessageVersion.objects.get(message=messages[0]).sha256
    people = reach.with_session(list(BitMap.deserialize(bytes(messages[0].bitmap))))
    about = {"messages": [message.pk for message in messages], "sha256": sha256, "people": people}
    print(json.dumps(about | {"cookie_name": reach.cookie_name()}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
