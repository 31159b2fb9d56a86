"""Lists, forms and choices."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from fenjin.kit.components.base import Component, Tone, Words
from fenjin.kit.components.basics import Avatar, Picture, Tag


@dataclass(frozen=True, slots=True)
class Row(Component):
    """A way on: tile, name, small print, value, chevron. Without `href` it is only read.

    `note` is one sentence; `notes` are facts side by side, with dots between them.
    """

    template: ClassVar[str] = "components/row.html"
    title: Words
    href: str = ""
    note: Words = ""
    value: Words = ""
    icon: str = ""
    tone: Tone = "plain"
    avatar: Avatar | None = None
    current: bool = False
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One of a few answers."""

    value: str
    label: Words
    icon: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Segmented(Component):
    """One choice of a few; stands inside a form, each option submits it."""

    template: ClassVar[str] = "components/segmented.html"
    label: Words
    name: str
    options: tuple[Option, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Field(Component):
    """A question in a form. `{% field form.name %}` makes one from a Django form field."""

    template: ClassVar[str] = "components/field.html"
    label: Words
    name: str
    kind: Literal["text", "password", "code", "textarea", "select", "tick"] = "text"
    value: str = ""
    id: str = ""
    help: Words = ""
    errors: tuple[Words, ...] = ()
    required: bool = True
    autocomplete: str = ""
    inputmode: str = ""
    placeholder: Words = ""
    maxlength: int | None = None
    options: tuple[Option, ...] = ()
    autofocus: bool = False

    @property
    def pk(self) -> str:
        """Return the id that ties label, help and errors to the control."""
        return self.id or f"id_{self.name}"

    @property
    def described_by(self) -> str:
        """Return the ids of help and errors, as the control names them."""
        parts = [f"{self.pk}_help"] if self.help else []
        return " ".join(parts + ([f"{self.pk}_error"] if self.errors else []))


@dataclass(frozen=True, slots=True)
class FilePick(Component):
    """The control for a file, or several: a button in the reader's language and, on a desk, a place to drop it.

    Label, help and errors stand around it: `pk` ties the label, `labelled_by` and `described_by` are ids of theirs.
    Without scripts it is the browser's own field. `chosen`, `size` and `over` draw what a browser would show by
    itself: for the style page. A Django form has `kit.widgets.FilePicker`.
    """

    template: ClassVar[str] = "components/file_pick.html"
    name: str
    id: str = ""
    choose: Words = ""
    again: Words = ""
    accept: str = ""
    icon: str = "upload"
    drop: bool = True
    several: bool = False
    required: bool = False
    invalid: bool = False
    labelled_by: str = ""
    described_by: str = ""
    chosen: Words = ""
    size: str = ""
    over: bool = False

    @property
    def pk(self) -> str:
        """Return the id of the control."""
        return self.id or f"id_{self.name}"


@dataclass(frozen=True, slots=True)
class SearchBox(Component):
    """The one field of the search page."""

    template: ClassVar[str] = "components/search_box.html"
    action: str
    query: str = ""
    placeholder: Words = ""


@dataclass(frozen=True, slots=True)
class Hit(Component):
    """A found page. `title` and `excerpt` are safe HTML in which only <mark> stands around the words."""

    template: ClassVar[str] = "components/hit.html"
    title: str
    href: str
    excerpt: str = ""
    tag: Tag | None = None
    meta: tuple[Words, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """One unit on the way down; the last has no `href`."""

    label: Words
    href: str = ""


@dataclass(frozen=True, slots=True)
class Crumbs(Component):
    """Where I am in the tree of units."""

    template: ClassVar[str] = "components/crumbs.html"
    path: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class SessionRow(Component):
    """A device that is signed in, with the button that ends it."""

    template: ClassVar[str] = "components/session_row.html"
    device: Words
    note: Words
    phone: bool = True
    current: bool = False
    end_url: str = ""


@dataclass(frozen=True, slots=True)
class Sheet(Component):
    """A link that opens rows in a sheet; without JavaScript the link leads to a page with the same rows."""

    template: ClassVar[str] = "components/sheet.html"
    id: str
    title: Words
    label: Words
    href: str
    rows: tuple[Row, ...] = ()
    kind: Literal["primary", "soft", "line", "plain"] = "line"
