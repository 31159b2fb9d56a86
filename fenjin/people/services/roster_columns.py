"""Saying which column of a roster means what: asked once, remembered by the shape of the file."""

from datetime import timedelta
from pathlib import Path

from django.db import transaction

from fenjin.audit import services as audit
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.people.access import require_office
from fenjin.people.models import Account, Administrator, RosterColumns, RosterImport, RosterUpload
from fenjin.people.models.roster import UPLOADS_KEPT
from fenjin.people.roster import vault
from fenjin.people.roster.choice import Choice
from fenjin.people.selectors.roster_columns import see_columns
from fenjin.people.services.roster_reading import UploadGone, upload_roster

_LONGEST_MAKING = timedelta(hours=12)  # a file without an import that is older was left by a killed process


def keep_upload(*, actor: Account | None, file_path: str | Path, original_name: str) -> RosterUpload:
    """Keep a file, encrypted, until somebody has said which column means what; raises NotYourOffice."""
    _require(actor)
    with transaction.atomic():
        upload = RosterUpload.objects.create(
            original_name=original_name[:200],
            stored_name=vault.put(Path(file_path), Path(original_name).suffix.lower()),
            uploaded_by=actor,
            uploaded_at=clock.now(),
        )
        audit.record(actor=actor, act="people.roster_upload", target=("roster_upload", upload.pk))
    return upload


def read_upload(*, actor: Account | None, upload_id: int, choice: Choice) -> RosterImport:
    """Hand a kept file on to be read as said, and remember that for files of its shape.

    A second call finds the file gone and raises NotFound; nothing about people has changed by either.
    Raises NotYourOffice, UploadGone, UnreadableRoster.
    """
    _require(actor)
    upload = RosterUpload.objects.filter(pk=upload_id).first()
    if upload is None:
        raise NotFound
    made = _read(actor, upload.stored_name, upload.original_name, choice)
    with transaction.atomic():
        RosterUpload.objects.filter(pk=upload_id).delete()
        audit.record(actor=actor, act="people.roster_columns_said", target=("roster", made.pk))
        transaction.on_commit(lambda: vault.drop(upload.stored_name))
    return made


def read_again(*, actor: Account | None, import_id: int, choice: Choice) -> RosterImport:
    """Hand the file of an import on to be read once more with other columns, and remember them.

    The earlier preview stays in the history. Raises NotFound, NotYourOffice, UploadGone, UnreadableRoster.
    """
    _require(actor)
    roster = RosterImport.objects.filter(pk=import_id).first()
    if roster is None:
        raise NotFound
    made = _read(actor, roster.stored_name, roster.original_name, choice)
    details = {"instead_of": roster.pk}
    audit.record(actor=actor, act="people.roster_columns_said", target=("roster", made.pk), details=details)
    return made


def _read(actor: Account | None, stored_name: str, original_name: str, choice: Choice) -> RosterImport:
    try:
        with vault.opened(stored_name) as path:
            remember_columns(actor=actor, file_path=path, choice=choice)
            return upload_roster(actor=actor, file_path=path, original_name=original_name, choice=choice)
    except (FileNotFoundError, vault.Unsealed) as error:
        raise UploadGone from error


def remember_columns(*, actor: Account | None, file_path: str | Path, choice: Choice) -> RosterColumns:
    """Remember for files of this shape which column means what; saying the same again changes nothing.

    Raises NotYourOffice, UnreadableRoster, IdentityColumn.
    """
    _require(actor)
    seen = see_columns(Path(file_path), choice)
    said = Choice(
        columns={column.key: column.field for column in seen.columns},
        whole=True,
        separator=choice.separator,
        width=choice.width,
        numbering=choice.numbering,
    ).as_json()
    with transaction.atomic():
        kept = RosterColumns.objects.select_for_update().filter(shape=seen.shape).first()
        if kept and kept.choice == said:
            return kept
        fields = {"header": list(seen.header), "choice": said, "remembered_by": actor, "remembered_at": clock.now()}
        kept, _made = RosterColumns.objects.update_or_create(shape=seen.shape, defaults=fields)
        details = {"shape": seen.shape, "columns": said["columns"]}
        audit.record(actor=actor, act="people.roster_columns", target=("roster_columns", kept.pk), details=details)
    return kept


def forget_columns(*, actor: Account | None, columns_id: int) -> None:
    """Forget what files of a shape were said to mean; forgetting twice is once. Raises NotYourOffice."""
    _require(actor)
    with transaction.atomic():
        kept = RosterColumns.objects.select_for_update().filter(pk=columns_id).first()
        if kept is None:
            return
        details = {"shape": kept.shape, "columns": kept.choice.get("columns", {})}
        audit.record(
            actor=actor, act="people.roster_columns_forgotten", target=("roster_columns", columns_id), details=details
        )
        kept.delete()


def delete_old_waiting() -> int:
    """Delete files that nobody named the columns of for seven days, and files no row knows; safe to run twice."""
    old = RosterUpload.objects.filter(uploaded_at__lt=clock.now() - UPLOADS_KEPT)
    deleted = 0
    for upload in old:
        vault.drop(upload.stored_name)
        upload.delete()
        deleted += 1
    known = set(RosterImport.objects.exclude(stored_name="").values_list("stored_name", flat=True))
    known.update(RosterUpload.objects.values_list("stored_name", flat=True))
    return deleted + vault.sweep(known, (clock.now() - _LONGEST_MAKING).timestamp())


def _require(actor: Account | None) -> None:
    if actor is not None:
        require_office(actor, Administrator.Office.SYSTEM)
