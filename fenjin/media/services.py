"""Writes: a picture or a file comes in, is described, or is withdrawn."""

import uuid
from typing import IO, Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.media.cleaning import clean_picture
from fenjin.media.filing import check_document
from fenjin.media.models import MediaFile, Picture
from fenjin.media.recording import check_recording
from fenjin.media.register import renew_all

# Where the important part is: column and row of a 3 × 3 grid.
CENTRE: Final = "1-1"
FOCUSES: Final = tuple(f"{column}-{row}" for row in range(3) for column in range(3))


class NoSuchFocus(Refusal):
    """The form named a place that is not on the grid."""

    code = "no_such_focus"
    status = 422
    sentence = _("Choose one of the nine places.")


@transaction.atomic
def add_picture(
    *,
    actor: Any,
    space_id: int,
    upload: IO[bytes] | Any,
    title: str,
    description: str = "",
    focus: str = CENTRE,
) -> Picture:
    """Take a picture in, cleaned, and return it. Raises NotAPicture, PictureTooLarge, NoSuchFocus."""
    picture = Picture(space_id=space_id, title=title, description=description, uploaded_by_user=actor)
    picture.file = clean_picture(upload)
    _set_focus(picture, focus)
    picture._set_image_file_metadata()
    picture.save()
    record(actor=actor, act="media.add_picture", target=("picture", picture.pk), space_id=space_id)
    return picture


@transaction.atomic
def describe_picture(*, actor: Any, picture: Picture, title: str, description: str, focus: str) -> Picture:
    """Change the words and the important part of a picture. Raises NoSuchFocus."""
    picture.title, picture.description = title, description
    _set_focus(picture, focus)
    picture.save()
    record(actor=actor, act="media.describe_picture", target=("picture", picture.pk), space_id=picture.space_id)
    return picture


def cleaned_picture(upload: IO[bytes] | Any) -> ContentFile:
    """Return a picture for a feature that keeps it itself, out of every chooser: upright, without EXIF or place.

    Nothing is written. Raises NotAPicture, PictureTooLarge.
    """
    return clean_picture(upload)


@transaction.atomic
def withdraw_picture(*, actor: Any, picture: Picture) -> None:
    """Make every address of the picture a 404, everywhere; the row stays for the record."""
    picture.withdrawn_at = clock.now()
    picture.save(update_fields=["withdrawn_at"])
    renew_all(picture.pk)
    record(actor=actor, act="media.withdraw_picture", target=("picture", picture.pk), space_id=picture.space_id)


@transaction.atomic
def return_picture(*, actor: Any, picture: Picture) -> None:
    """Undo a withdrawal."""
    picture.withdrawn_at = None
    picture.save(update_fields=["withdrawn_at"])
    renew_all(picture.pk)
    record(actor=actor, act="media.return_picture", target=("picture", picture.pk), space_id=picture.space_id)


def focus_of(picture: Picture) -> str:
    """Return the place of the grid in which the important part lies."""
    if picture.focal_point_x is None or not picture.width or not picture.height:
        return CENTRE
    column = min(2, picture.focal_point_x * 3 // picture.width)
    row = min(2, (picture.focal_point_y or 0) * 3 // picture.height)
    return f"{column}-{row}"


def _set_focus(picture: Picture, focus: str) -> None:
    if focus not in FOCUSES:
        raise NoSuchFocus
    if focus == CENTRE:
        picture.set_focal_point(None)
        return
    column, row = map(int, focus.split("-"))
    wide, high = picture.width // 3, picture.height // 3
    picture.focal_point_x, picture.focal_point_y = column * wide + wide // 2, row * high + high // 2
    picture.focal_point_width, picture.focal_point_height = wide, high


@transaction.atomic
def add_file(
    *, actor: Any, space_id: int, kind: str, upload: IO[bytes] | Any, title: str, transcript: str = ""
) -> MediaFile:
    """Take a document or a recording in and return it: checked by its content, without names and places.

    Raises NotADocument, HoldsMacros, IsLocked, NotARecording, RecordingTooLong, FileTooLarge.
    """
    recording = kind == MediaFile.Kind.RECORDING
    checked = check_recording(upload) if recording else check_document(upload)
    file = MediaFile(
        space_id=space_id,
        kind=kind,
        title=title,
        form=checked.form,
        size=len(checked.content),
        seconds=checked.seconds if recording else None,
        transcript=transcript,
        uploaded_by=actor,
    )
    file.file.save(f"{uuid.uuid4().hex}.{checked.form}", ContentFile(checked.content), save=False)
    file.save()
    record(actor=actor, act="media.add_file", target=("media_file", file.pk), space_id=space_id)
    return file


@transaction.atomic
def describe_file(*, actor: Any, file: MediaFile, title: str, transcript: str = "") -> MediaFile:
    """Change the words of a file."""
    file.title, file.transcript = title, transcript
    file.save(update_fields=["title", "transcript"])
    record(actor=actor, act="media.describe_file", target=("media_file", file.pk), space_id=file.space_id)
    return file


@transaction.atomic
def withdraw_file(*, actor: Any, file: MediaFile) -> None:
    """Make the address of the file a 404, everywhere; the row stays for the record."""
    file.withdrawn_at = clock.now()
    file.save(update_fields=["withdrawn_at"])
    record(actor=actor, act="media.withdraw_file", target=("media_file", file.pk), space_id=file.space_id)


@transaction.atomic
def return_file(*, actor: Any, file: MediaFile) -> None:
    """Undo a withdrawal."""
    file.withdrawn_at = None
    file.save(update_fields=["withdrawn_at"])
    record(actor=actor, act="media.return_file", target=("media_file", file.pk), space_id=file.space_id)
