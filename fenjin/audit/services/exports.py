"""Large exports of the log: written by a job into the data folder, removed after a week."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fenjin.audit.export import write_csv, write_workbook_file
from fenjin.audit.models import LogExport
from fenjin.audit.selectors.log import AuditFilter, iterate_events
from fenjin.audit.services.events import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal

KEPT: Final = timedelta(days=7)
LOST_AFTER: Final = timedelta(minutes=30)
GIVEN_UP_AFTER: Final = timedelta(hours=4)


class NotReady(Refusal):
    """The file is not written yet, or it is gone."""

    code = "not_ready"
    sentence = _("This file is not ready, or it was removed after seven days. Export it again.")


@transaction.atomic
def ask_export(*, actor: Any, wanted: AuditFilter, form: str, language: str) -> LogExport:
    """Note that a job shall write the filtered log as csv or xlsx; asking is itself an act in the log."""
    export = LogExport.objects.create(
        asked_by=actor.pk, asked_at=clock.now(), form=form, wanted=wanted.as_dict(), language=language
    )
    details = {"form": form, "filter": wanted.as_dict(), "export": export.pk}
    record(actor=actor, act="audit.export", target=("log", None), details=details)
    return export


def write_file(export_id: int) -> None:
    """Write the file of an export that waits; safe to run twice."""
    export = LogExport.objects.filter(pk=export_id).exclude(state=LogExport.State.READY).first()
    if export is None:
        return
    export.state = LogExport.State.WRITING
    export.save(update_fields=["state"])
    file = file_of(export)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = file.with_suffix(".part")
    try:
        half.touch(mode=0o600)
        with translation.override(export.language or settings.LANGUAGE_CODE):
            lines = iterate_events(AuditFilter.from_dict(export.wanted))
            write = write_workbook_file if export.form == "xlsx" else write_csv
            export.lines = write(half, lines)
        half.replace(file)
        export.state = LogExport.State.READY
    except OSError:
        export.state = LogExport.State.FAILED
        half.unlink(missing_ok=True)
    export.finished_at = clock.now()
    export.save(update_fields=["state", "lines", "finished_at"])


def take_up_lost_exports() -> int:
    """Write files whose job was lost with its worker; of those that hang for four hours say that it failed.

    Returns how many it looked after.
    """
    now = clock.now()
    open_ones = LogExport.objects.exclude(state__in=(LogExport.State.READY, LogExport.State.FAILED))
    lost = list(open_ones.filter(asked_at__lt=now - LOST_AFTER).order_by("asked_at"))
    for export in lost:
        if export.asked_at < now - GIVEN_UP_AFTER:
            export.state, export.finished_at = LogExport.State.FAILED, now
            export.save(update_fields=["state", "finished_at"])
        else:
            write_file(export.pk)
    return len(lost)


def fetch_export(*, actor: Any, export_id: int) -> tuple[LogExport, Path]:
    """Return an export and its file for taking along; raises NotFound, NotReady. Fetching is an act in the log."""
    export = LogExport.objects.filter(pk=export_id).first()
    if export is None:
        raise NotFound
    file = file_of(export)
    if export.state != LogExport.State.READY or not file.exists():
        raise NotReady
    record(actor=actor, act="audit.export_fetch", target=("log", None), details={"export": export.pk})
    return export, file


def remove_old_exports() -> int:
    """Remove files and rows of exports after seven days; return how many."""
    old = list(LogExport.objects.filter(asked_at__lt=clock.now() - KEPT))
    for export in old:
        file_of(export).unlink(missing_ok=True)
    return LogExport.objects.filter(pk__in=[export.pk for export in old]).delete()[0]


def file_of(export: LogExport) -> Path:
    """Return where the file of an export stands."""
    return Path(settings.FENJIN_DATA) / "audit-exports" / f"{export.pk}.{export.form}"
