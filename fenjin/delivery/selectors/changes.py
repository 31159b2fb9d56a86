"""What changed since somebody read a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from fenjin.delivery.difference import Paragraph, difference
from fenjin.delivery.models import MessageVersion
from fenjin.delivery.selectors.reading import MessageForReader
from fenjin.kit.scope import Reason, every_space


@dataclass(frozen=True, slots=True)
class Changes:
    """The notes of the senders, newest last, and the paragraphs that differ; `at` is when the newest came."""

    notes: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    at: datetime


def changes_for(found: MessageForReader) -> Changes | None:
    """Return what changed since the version that the reader knows; None if that is the current one."""
    if found.known_version >= found.version.number:
        return None
    return changes_between(found.message.pk, found.known_version, found.version.number)


@lru_cache(maxsize=64)
def _compared(before_sha: str, after_sha: str, before: str, after: str) -> tuple[Paragraph, ...]:
    return difference(before, after)


def changes_between(message_id: int, before: int, after: int) -> Changes | None:
    """Return what changed between two versions of a message; None if one of them is not there.

    The caller has proved that the reader may see the message.
    """
    with every_space(Reason.DELIVERY):
        rows = MessageVersion.objects.filter(message=message_id, number__range=(before, after)).defer("html")
        versions: Sequence[MessageVersion] = list(rows.order_by("number"))
    if len(versions) < 2 or versions[0].number != before:
        return None
    old, new = versions[0], versions[-1]
    texts = [f"{version.title}\n{version.lead}\n{version.text}" for version in (old, new)]
    notes = tuple(version.note for version in versions[1:] if version.note)
    return Changes(notes, _compared(old.sha256, new.sha256, *texts), new.created_at)
