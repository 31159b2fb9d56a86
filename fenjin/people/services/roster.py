"""A roster on its way in: preview first, then one atomic apply."""

import hashlib
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.people.access import require_office
from fenjin.people.models import Account, Administrator, Numbering, RosterImport
from fenjin.people.roster import vault
from fenjin.people.roster.apply import carry_out
from fenjin.people.roster.plan import Options, Plan, make_plan
from fenjin.people.roster.preview import count, describe, list_rows
from fenjin.people.roster.refusals import UnreadableRoster
from fenjin.people.services.positions import lock_tree

UPLOADS_KEPT = timedelta(days=7)
LARGEST_UPLOAD = 200 * 1024 * 1024


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


def preview_roster(
    *,
    actor: Account | None,
    file_path: str | Path,
    original_name: str,
    width: int | None = None,
    within: str = "",
) -> RosterImport:
    """Read a roster file and store what it would change, and the file itself encrypted.

    A file that cannot be used gives an import in state "refused" with code and sentence in its
    preview. Raises NotYourOffice for an actor who is not system administrator (None is the operator
    at the command line).
    """
    _require(actor)
    size = Path(file_path).stat().st_size
    content = Path(file_path).read_bytes() if size <= LARGEST_UPLOAD else b""
    with transaction.atomic():
        numbering = _numbering()
        options = Options(width, within)
        if content:
            found, state = _look(Path(file_path), numbering, options)
        else:
            found, state = _refusal(TooLarge() if size else EmptyFile()), RosterImport.State.REFUSED
        roster = RosterImport.objects.create(
            numbering=numbering,
            state=state,
            original_name=original_name[:200],
            file_sha256=hashlib.sha256(content).hexdigest(),
            preview=found | {"options": asdict(options)},
            uploaded_by=actor,
            uploaded_at=clock.now(),
        )
        details = {"counts": found.get("counts"), "refused": found["refused"], "sha256": roster.file_sha256}
        audit.record(actor=actor, act="people.roster_preview", target=("roster", roster.pk), details=details)
        if state != RosterImport.State.REFUSED:
            roster.stored_name = vault.put(content, Path(original_name).suffix.lower())
            roster.save(update_fields=["stored_name"])
    return roster


def apply_roster(*, actor: Account | None, import_id: int, key: str = "", on: date | None = None) -> RosterImport:
    """Make a previewed roster true, whole or not at all; a second call finds it done and changes nothing.

    `on` is the day from which the changes hold, by default today. Raises NotFound, NotYourOffice,
    RosterRefused, UploadGone, or PreviewOutdated if people or units are no longer as the preview saw
    them.
    """
    _require(actor)
    with transaction.atomic():
        lock_tree()
        roster = RosterImport.objects.select_for_update().filter(pk=import_id).first()
        if roster is None:
            raise NotFound
        if roster.state == RosterImport.State.APPLIED:
            return roster
        if roster.state != RosterImport.State.PREVIEWED:
            raise RosterRefused
        done, counts = _carry_out(roster, actor, on or clock.today(ZoneInfo(settings.TIME_ZONE)))
        stored, roster.stored_name = roster.stored_name, ""
        roster.state, roster.applied_by, roster.applied_at = RosterImport.State.APPLIED, actor, clock.now()
        roster.preview["done"] = done
        roster.save(update_fields=["state", "applied_by", "applied_at", "preview", "stored_name"])
        details = {"counts": counts, "done": done, "key": key[:64]}
        audit.record(actor=actor, act="people.roster_apply", target=("roster", roster.pk), details=details)
        transaction.on_commit(lambda: vault.drop(stored))
    return roster


def read_rows(*, actor: Account | None, import_id: int) -> list[dict[str, Any]]:
    """Return every row of a previewed file that would change something, with what it would change.

    Reads the stored upload again, as people and units are now. Raises NotFound, NotYourOffice or
    UploadGone.
    """
    _require(actor)
    with transaction.atomic():
        lock_tree()
        roster = RosterImport.objects.filter(pk=import_id).first()
        if roster is None:
            raise NotFound
        plan = _plan_again(roster)
        return list_rows(plan, "a.action <> 'unchanged'", None)


def delete_old_uploads() -> int:
    """Delete uploads older than seven days and return how many; safe to run twice."""
    deleted = 0
    for roster in RosterImport.objects.filter(uploaded_at__lt=clock.now() - UPLOADS_KEPT).exclude(stored_name=""):
        vault.drop(roster.stored_name)
        RosterImport.objects.filter(pk=roster.pk).update(stored_name="")
        deleted += 1
    return deleted


def _look(path: Path, numbering: Numbering, options: Options) -> tuple[dict[str, Any], str]:
    try:
        found = describe(make_plan(path, numbering, options))
    except UnreadableRoster as refusal:
        return _refusal(refusal), RosterImport.State.REFUSED
    return found, RosterImport.State.STOPPED if found["refused"] else RosterImport.State.PREVIEWED


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {"refused": refusal.code, "sentence": str(refusal.sentence)}


def _carry_out(roster: RosterImport, actor: Account | None, on: date) -> tuple[dict[str, int], dict[str, int]]:
    """Plan once more under the lock, insist that it is what the preview showed, and write it."""
    plan = _plan_again(roster)
    if plan.digest != roster.preview["digest"]:
        raise PreviewOutdated
    counts = count(plan)
    with every_space(Reason.TREE):
        return carry_out(plan, actor=actor, on=on), counts


def _plan_again(roster: RosterImport) -> Plan:
    try:
        with vault.opened(roster.stored_name) as path:
            return make_plan(path, roster.numbering, Options(**roster.preview["options"]))
    except (FileNotFoundError, IsADirectoryError, InvalidToken) as error:
        raise UploadGone from error
    except UnreadableRoster as error:  # the group or the width here is another by now
        raise PreviewOutdated from error


def _numbering() -> Numbering:
    numbering = Numbering.objects.order_by("pk").first()
    return numbering or Numbering.objects.create(name="集团统一编号")


def _require(actor: Account | None) -> None:
    if actor is not None:
        require_office(actor, Administrator.Office.SYSTEM)
