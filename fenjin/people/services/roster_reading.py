"""A roster on its way in, first half: stored encrypted, read, compared; nothing about people changes."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import require_office
from fenjin.people.models import Account, Administrator, Numbering, RosterChange, RosterImport
from fenjin.people.roster import vault
from fenjin.people.roster.choice import Choice
from fenjin.people.roster.details import keep_details
from fenjin.people.roster.plan import Options, Plan, Tick, make_plan, no_tick
from fenjin.people.roster.preview import describe
from fenjin.people.roster.refusals import UnreadableRoster
from fenjin.people.selectors.roster_columns import settled_choice

UPLOADS_KEPT = timedelta(days=7)
LARGEST_UPLOAD = 200 * 1024 * 1024
State = RosterImport.State
OPEN_STATES = (State.PREVIEWED, State.STOPPED)


class TooLarge(UnreadableRoster):
    code = "too_large"
    sentence = _("The file is larger than 200 MB. Leave out pictures and other sheets.")


class EmptyFile(UnreadableRoster):
    code = "empty_file"
    sentence = _("The file is empty. Save it again and choose it again.")


class RosterRefused(Refusal):
    code = "roster_refused"
    sentence = _("This file was refused. Correct it and upload it again.")


class PreviewOutdated(Refusal):
    code = "preview_outdated"
    sentence = _("People or units have changed since this preview. Upload the file again and look at the new preview.")


class UploadGone(Refusal):
    code = "upload_gone"
    sentence = _("Uploaded files are deleted after seven days. Upload it again.")


def upload_roster(
    *,
    actor: Account | None,
    file_path: str | Path,
    original_name: str,
    width: int | None = None,
    within: str = "",
    choice: Choice | None = None,
) -> RosterImport:
    """Store a roster file encrypted, to be read by `read_roster`; `within` is the path of the unit it speaks for.

    A file that is empty or too large gives an import in state "refused". Raises NotYourOffice for an
    actor who is not system administrator (None is the operator at the command line).
    """
    require_system(actor)
    path = Path(file_path)
    size = path.stat().st_size
    fits = 0 < size <= LARGEST_UPLOAD
    preview: dict[str, Any] = {} if fits else _refusal(TooLarge() if size else EmptyFile())
    if fits:
        try:
            options = Options(width, within, choice=settled_choice(path, choice))
        except UnreadableRoster as refusal:
            fits, preview, options = False, _refusal(refusal), Options(width, within)
    else:
        options = Options(width, within)
    with transaction.atomic():
        roster = RosterImport.objects.create(
            numbering=_numbering(options.choice.get("numbering")),
            state=State.READING if fits else State.REFUSED,
            original_name=original_name[:200],
            file_sha256=vault.digest(path),
            preview=preview | {"options": asdict(options)},
            uploaded_by=actor,
            uploaded_at=clock.now(),
        )
        if fits:
            roster.stored_name = vault.put(path, path.suffix.lower() or Path(original_name).suffix.lower())
            roster.save(update_fields=["stored_name"])
        else:
            _audit_reading(roster, actor)
    return roster


def read_roster(
    *, import_id: int, tick: Tick = no_tick, then: Callable[[RosterImport, Plan], None] | None = None
) -> RosterImport:
    """Compare a stored file with people and units as they are; one that has been read is left as it is.

    `then` is called in the same transaction with a plan that nothing speaks against.

    A file that cannot be used gets the state "refused" with code and sentence in its preview; one that
    would send too many away "stopped". Raises NotFound, UploadGone.
    """
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().filter(pk=import_id).first()
        if roster is None:
            raise NotFound
        if roster.state != State.READING:
            return roster
        options = roster.preview["options"]
        try:
            with StoredFile(roster) as path, transaction.atomic():
                plan = make_plan(path, roster.numbering, options_of(roster), tick)
                found = describe(plan)
                keep_details(plan, roster.pk)
        except UnreadableRoster as refusal:
            found, roster.state = _refusal(refusal), State.REFUSED
            vault.drop(roster.stored_name)
            roster.stored_name = ""
        else:
            roster.state = State.STOPPED if found["refused"] else State.PREVIEWED
            roster.preview = found | {"options": options}
            if then and roster.state == State.PREVIEWED:
                then(roster, plan)
        roster.preview = (roster.preview if roster.state == State.APPLIED else found) | {"options": options}
        roster.save()
        _audit_reading(roster, roster.uploaded_by)
    return roster


def preview_roster(**said: Any) -> RosterImport:
    """Upload and read a file in one go; arguments and refusals as in `upload_roster` and `read_roster`."""
    tick = said.pop("tick", no_tick)
    roster = upload_roster(**said)
    return read_roster(import_id=roster.pk, tick=tick) if roster.state == State.READING else roster


def ask_again(
    *, actor: Account | None, import_id: int, denied: tuple[int, ...] | None = None, within: str | None = None
) -> RosterImport:
    """Have a stored file read once more, with other units denied, another range, or against what is here now.

    Raises NotFound, NotYourOffice, RosterRefused, UploadGone.
    """
    require_system(actor)
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().filter(pk=import_id).first()
        if roster is None:
            raise NotFound
        if roster.state not in (*OPEN_STATES, State.CANCELLED, State.READING):
            raise RosterRefused
        if not roster.stored_name:
            raise UploadGone
        options = options_of(roster)
        if denied is not None:
            options = replace(options, denied=tuple(sorted(set(denied))))
        if within is not None:
            options = replace(options, range=within.strip())
        roster.state, roster.preview = State.READING, {"options": asdict(options)}
        roster.save(update_fields=["state", "preview"])
        RosterChange.objects.filter(roster_id=roster.pk).delete()
    return roster


def plan_again(roster: RosterImport, tick: Tick = no_tick) -> Plan:
    """Read a stored file again in this transaction; raises UploadGone or PreviewOutdated."""
    try:
        with StoredFile(roster) as path:
            return make_plan(path, roster.numbering, options_of(roster), tick)
    except UnreadableRoster as error:  # the group or the width here is another by now
        raise PreviewOutdated from error


class StoredFile:
    """The stored upload in plain, for as long as the block runs; raises UploadGone."""

    def __init__(self, roster: RosterImport) -> None:
        self.opening = vault.opened(roster.stored_name)

    def __enter__(self) -> Path:
        try:
            return self.opening.__enter__()
        except (FileNotFoundError, IsADirectoryError, vault.Unsealed) as error:
            raise UploadGone from error

    def __exit__(self, *error: Any) -> bool | None:
        return self.opening.__exit__(*error)


def options_of(roster: RosterImport) -> Options:
    """Return what was said about the file."""
    kept = roster.preview["options"]
    return Options(**{**kept, "denied": tuple(kept.get("denied", ()))})


def require_system(actor: Account | None) -> None:
    """Do nothing for the system administrator and the operator at the command line; raises NotYourOffice."""
    if actor is not None:
        require_office(actor, Administrator.Office.SYSTEM)


def _audit_reading(roster: RosterImport, actor: Account | None) -> None:
    found = roster.preview
    details = {"counts": found.get("counts"), "refused": found.get("refused"), "sha256": roster.file_sha256}
    audit.record(actor=actor, act="people.roster_preview", target=("roster", roster.pk), details=details)


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {"refused": refusal.code, "sentence": str(refusal.sentence)}


def _numbering(chosen: int | None) -> Numbering:
    """Return the numbering that was said for the file, else the first."""
    numbering = (chosen and Numbering.objects.filter(pk=chosen).first()) or Numbering.objects.order_by("pk").first()
    return numbering or Numbering.objects.create(name="集团统一编号")
