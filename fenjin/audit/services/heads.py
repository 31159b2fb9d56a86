"""The newest link, kept outside the database: in a file beside the data, and by mail to whom the customer names."""

import os
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from fenjin.audit.selectors.broken import sentence_of
from fenjin.audit.selectors.chain import Head, current_head, find_broken, parse_head
from fenjin.audit.selectors.ledgers import DOORS
from fenjin.audit.services.events import record
from fenjin.audit.services.sealing import seal_all
from fenjin.kit import clock

FILE_NAME = "audit-heads.txt"


def heads_file() -> Path:
    """Return where the heads are kept."""
    return Path(settings.FENJIN_DATA) / FILE_NAME


def kept_heads(file: Path | None = None) -> list[Head]:
    """Return the heads in a file of lines `time last_id:sha256`; none if it is not there."""
    try:
        lines = (file or heads_file()).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [parse_head(line.split()[-1]) for line in lines if line.strip() and not line.startswith("#")]


def keep_head() -> Head | None:
    """Add the newest link to the file, and mail it to AUDIT_HEADS_MAIL; None if there is none yet.

    What was sealed since the head before is verified first; if it is broken, nothing is kept and the
    mail says so.
    """
    seal_all(DOORS)
    doors = current_head(DOORS)
    # The log's own head then vouches for the head of the doors as well.
    record(actor=None, act="audit.head_keep", target=("log", None), details={"doors": str(doors)} if doors else {})
    seal_all()
    known = kept_heads()
    broken = find_broken(since=known[-2].last_id if len(known) > 1 else 0, heads=known[-1:])
    head = current_head()
    if broken is not None:
        _mail(_("Fenjin: the audit log is broken"), sentence_of(broken))
        return None
    if head is not None:
        _append(f"{clock.now().isoformat(timespec='seconds')} {head}\n")
        _mail(_("Fenjin: head of the audit log"), f"{head}\n")
    return head


def _append(line: str) -> None:
    file = os.open(heads_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(file, "a", encoding="utf-8") as out:
        out.write(line)


def _mail(subject: str, text: str) -> None:
    if settings.AUDIT_HEADS_MAIL:
        send_mail(subject, text, None, [settings.AUDIT_HEADS_MAIL])
