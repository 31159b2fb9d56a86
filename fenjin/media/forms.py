"""What an editor types about a picture or a file."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.kit.viewsets import chosen_space, space_field
from fenjin.kit.widgets import FilePicker
from fenjin.media import recording
from fenjin.media.cleaning import ACCEPT
from fenjin.media.filing import DOCUMENTS
from fenjin.media.models import MediaFile
from fenjin.media.services import CENTRE, FOCUSES, focus_of
from fenjin.spaces.selectors import spaces_to_add_in

FOCUS_NAMES = (
    _("Top left"),
    _("Top"),
    _("Top right"),
    _("Left side"),
    _("Middle"),
    _("Right side"),
    _("Bottom left"),
    _("Bottom"),
    _("Bottom right"),
)


class PictureWords(forms.Form):
    """Title, what the picture shows, and where its important part is."""

    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("Only editors see it, to find the picture again.")
    )
    description = forms.CharField(
        label=_("What it shows"),
        max_length=200,
        required=False,
        widget=forms.TextInput,
        help_text=_(
            "Read aloud to people who cannot see the picture. One sentence; leave it empty for mere decoration."
        ),
    )
    focus = forms.ChoiceField(
        label=_("Important part"),
        choices=list(zip(FOCUSES, FOCUS_NAMES, strict=True)),
        initial=CENTRE,
        widget=forms.RadioSelect(attrs={"class": "focus-grid"}),
        help_text=_("Covers and small pictures are cut around this part."),
    )


class PictureUpload(PictureWords):
    """A new picture; the server names the space, and the file is checked where it is cleaned."""

    file = forms.FileField(
        label=_("File"),
        widget=FilePicker({"accept": ACCEPT}, icon="camera"),
        help_text=_("JPEG, PNG, WebP or HEIC, up to 25 MB. Place and camera data are removed."),
    )
    field_order = ("space", "file", "title", "description", "focus")

    def __init__(self, *arguments: Any, account: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.spaces = spaces_to_add_in(account, "media.add_picture")
        self.fields["space"] = space_field(self.spaces)
        self.fields["title"].required = False
        self.fields["title"].help_text = _(
            "Only editors see it, to find the picture again. Empty: the name of the file."
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Call a picture without a title by the name of its file."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("file") and not given.get("title"):
            given["title"] = PurePath(given["file"].name).stem[: self.fields["title"].max_length]  # type: ignore[attr-defined]
        return given

    def chosen_space(self) -> int:
        """Return the id of the space, once the form is valid."""
        return chosen_space(self.cleaned_data.get("space"), self.spaces)


class PictureEdit(PictureWords):
    """The words of a picture that is there."""

    def __init__(self, *arguments: Any, picture: Any, **keywords: Any) -> None:
        known = {"title": picture.title, "description": picture.description, "focus": focus_of(picture)}
        super().__init__(*arguments, **(keywords | {"initial": known}))


class FileWords(forms.Form):
    """Title of a file, and what is said in a recording."""

    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("Readers see it on the button; say what it is, not file1.pdf.")
    )
    transcript = forms.CharField(
        label=_("Words of the recording"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For people who cannot hear it, or may not play sound where they work."),
    )

    def __init__(self, *arguments: Any, kind: str, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        if kind == MediaFile.Kind.DOCUMENT:
            del self.fields["transcript"]


class FileUpload(FileWords):
    """A new document or recording; the server names the space, and the file is checked where it is read."""

    file = forms.FileField(label=_("File"))
    field_order = ("space", "file", "title", "transcript")

    def __init__(self, *arguments: Any, account: Any, kind: str, **keywords: Any) -> None:
        super().__init__(*arguments, kind=kind, **keywords)
        heard = kind == MediaFile.Kind.RECORDING
        self.fields["file"].widget = FilePicker({"accept": recording.ACCEPT if heard else DOCUMENTS})
        self.fields["file"].help_text = (
            _("MP3 or M4A, up to 30 MB. Place, names and covers inside are removed.")
            if heard
            else _("PDF, Word, Excel or PowerPoint, up to 30 MB, without macros. Names of authors are removed.")
        )
        self.spaces = spaces_to_add_in(account, "media.add_mediafile")
        self.fields["space"] = space_field(self.spaces)
        self.order_fields(self.field_order)

    def chosen_space(self) -> int:
        """Return the id of the space, once the form is valid."""
        return chosen_space(self.cleaned_data.get("space"), self.spaces)
