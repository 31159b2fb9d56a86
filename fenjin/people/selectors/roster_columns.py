"""What files of a shape were said to mean, and what a file's columns look like before it is read."""

from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.people.models import Numbering, RosterColumns, RosterUpload
from fenjin.people.roster.choice import Choice
from fenjin.people.roster.columns_seen import Columns, look_at_columns
from fenjin.people.roster.refusals import UnreadableRoster
from fenjin.people.roster.tables import read_table


def list_remembered() -> QuerySet[RosterColumns]:
    """Return the shapes of files that are remembered, the newest first."""
    return listing(RosterColumns.objects.select_related("remembered_by__person").order_by("-remembered_at", "-pk"))


def remembered_choices() -> dict[str, Choice]:
    """Return what is remembered, by shape."""
    return {shape: Choice.from_json(kept) for shape, kept in RosterColumns.objects.values_list("shape", "choice")}


def settled_choice(path: Path, choice: Choice | None = None) -> dict[str, Any]:
    """Return what is said now over what is remembered of such files: reading with it gives the same each time.

    A file that cannot be read gives back what was said; its reading will say why.
    """
    try:
        return read_table(path, choice, remembered_choices()).choice.as_json()
    except UnreadableRoster:
        return (choice or Choice()).as_json()


def needs_answer(path: Path) -> bool:
    """Return whether somebody must say which column means what before the file can be read rightly.

    Raises UnreadableRoster for a file that no answer would help.
    """
    return look_at_columns(path, Choice(), remembered_choices()).unsure


def see_columns(path: Path, choice: Choice) -> Columns:
    """Return the columns of a file with samples, under what is said and remembered; raises UnreadableRoster."""
    return look_at_columns(path, choice, remembered_choices())


def get_upload(upload_id: int) -> RosterUpload:
    """Return a file that waits for its columns; raises NotFound, also if it is gone."""
    upload = RosterUpload.objects.filter(pk=upload_id).exclude(stored_name="").first()
    if upload is None:
        raise NotFound
    return upload


def list_waiting() -> QuerySet[RosterUpload]:
    """Return the files that wait for somebody to say what their columns mean, the newest first."""
    waiting = RosterUpload.objects.exclude(stored_name="").select_related("uploaded_by__person")
    return listing(waiting.order_by("-uploaded_at", "-pk"))


def list_numberings() -> list[tuple[int, str]]:
    """Return the sets of staff numbers; mostly there is one."""
    return list(Numbering.objects.order_by("pk").values_list("pk", "name"))
