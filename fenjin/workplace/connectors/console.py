"""A messenger that only writes files, with faults on demand: for trying out, demo and tests.

Each send becomes one file in FENJIN_DATA/workplace, made once: what was sent there survives the death of the sender.
As a real platform does, it knows a repeated send by its bytes; one that differs by a letter is another copy for
everybody. Its limits are those of WeCom (message/send).
"""

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from fenjin.kit import clock
from fenjin.workplace import faults
from fenjin.workplace.connectors.base import Plain
from fenjin.workplace.register import (
    Amended,
    BadContent,
    Capabilities,
    Card,
    CardUpdate,
    NotConfigured,
    OutcomeUnknown,
    RateLimited,
    Recall,
    Receipt,
    Transient,
    Why,
)


class Console(Plain):
    """Takes what it is given, de-duplicates for half an hour, changes and takes back cards for a day."""

    caps = Capabilities(
        chunk=1000, dedupe_seconds=1800, recall_hours=24, update_hours=72, person_per_minute=20, people_per_day=0
    )

    def send(self, card: Card, to: Sequence[str], *, key: str) -> Receipt:
        """Write the card into a file of its own, unless the same bytes have been there; raises as told by `faults`."""
        fault = faults.next_fault()
        if fault in _BEFORE:
            raise _error(fault)
        body = {"card": {"title": card.title, "text": card.text, "url": card.url}, "to": list(to), "key": key}
        rejected = {ref: Why.UNKNOWN.value for ref in to if ref in faults.unknown_members()}
        accepted = tuple(ref for ref in to if ref not in rejected)
        remote_id = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]
        _write_once(_path(remote_id), body | {"accepted": accepted, "at": clock.now().isoformat()})
        if fault == "lost_after":
            raise OutcomeUnknown("lost_after", "the answer did not come")
        return Receipt(accepted=accepted, rejected=rejected, remote_id=remote_id, at=clock.now())

    def amend(self, receipt: Receipt, to: Sequence[str], change: CardUpdate | Recall) -> Amended:
        """Change the file, within the hours of the capabilities."""
        hours = self.caps.recall_hours if isinstance(change, Recall) else self.caps.update_hours
        if receipt.at is None or clock.now() - receipt.at > timedelta(hours=hours):
            return Amended.TOO_LATE
        path = _path(receipt.remote_id)
        if not path.exists():
            return Amended.TOO_LATE  # somebody emptied the folder: nobody has the card any more
        kept = json.loads(path.read_text())
        if isinstance(change, Recall):
            kept["recalled"] = True
        else:
            kept["card"] = {"title": change.card.title, "text": change.card.text, "url": change.card.url}
        draft = _draft(path)
        draft.write_text(json.dumps(kept, ensure_ascii=False, sort_keys=True))
        draft.replace(path)
        return Amended.RECALLED if isinstance(change, Recall) else Amended.UPDATED


_BEFORE = frozenset({"busy", "rate", "lost_before", "off", "refused"})


def _error(fault: str) -> Exception:
    match fault:
        case "busy":
            return Transient("busy", "try again")
        case "rate":
            return RateLimited(clock.now() + timedelta(minutes=10), "45009")
        case "lost_before":
            return OutcomeUnknown("lost_before", "the connection broke")
        case "off":
            return NotConfigured("Switch the app on again in the messenger's console.", "50003")
    return BadContent("45002", "too long")


def _folder() -> Path:
    return Path(settings.FENJIN_DATA) / "workplace"


def _path(remote_id: str) -> Path:
    return _folder() / f"{remote_id}.json"


def _draft(path: Path) -> Path:
    """Return where to write first: whoever reads, or dies while it writes, finds a file whole or not at all."""
    return path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")


def _write_once(path: Path, body: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    draft = _draft(path)
    draft.write_text(text)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        first = datetime.fromisoformat(json.loads(path.read_text())["at"])
        if clock.now() - first > timedelta(seconds=Console.caps.dedupe_seconds):
            # It has forgotten the first one: everybody gets another copy.
            path.with_stem(f"{path.stem}-{clock.now():%H%M%S%f}").write_text(text)
    finally:
        draft.unlink()


def sent() -> list[dict[str, Any]]:
    """Return all that was ever carried, the oldest first."""
    rows: list[dict[str, Any]] = [json.loads(path.read_text()) for path in _folder().glob("*.json")]
    return sorted(rows, key=lambda row: (row["at"], row["key"]))
