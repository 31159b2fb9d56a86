"""The typed context of each component of the skin: one frozen dataclass, one template.

Draw one with `{% component thing %}` or, where a template makes it itself,
`{% component "Notice" text=words tone="due" %}`. The template sees the dataclass as `c`.
Words are already in the reader's language; times, counts and links are already made by the caller.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from django.utils.functional import Promise

type Words = str | Promise
Tone = Literal["zhu", "jin", "qing", "lan", "zi", "plain"]


class Component:
    """Anything with a template of its own under templates/components/."""

    template: ClassVar[str] = ""


# ---- the frame ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the five tabs; only those that have something are passed to the frame."""

    key: str
    label: Words
    href: str
    icon: str


@dataclass(frozen=True, slots=True)
class ShellFrame:
    """What base.html needs around every page; the template knows it as `shell`."""

    space_name: Words = "奋进"
    mark: str = "奋"
    tabs: tuple[Tab, ...] = ()
    active: str = ""
    signed_in: bool = False
    unread: bool = False
    home_url: str = "/"
    search_url: str = ""
    inbox_url: str = ""
    spaces: tuple["Row", ...] = ()
    spaces_url: str = ""
    complaint_url: str = ""
    theme: Literal["light", "dark", "auto"] = "auto"
    scale: Literal[1, 2, 3] = 1
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class FlowBar(Component):
    """The top bar inside a flow: close (or back) on the left, a name, nothing or a link on the right."""

    template: ClassVar[str] = "components/flow_bar.html"
    name: Words
    back: str
    closes: bool = True
    more: str = ""


# ---- small things ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button(Component):
    """A link when it has an `href`, else a submit button. `why_not` closes it and says the reason."""

    template: ClassVar[str] = "components/button.html"
    label: Words
    href: str = ""
    kind: Literal["primary", "soft", "line", "plain", "danger", "grey"] = "soft"
    small: bool = False
    block: bool = False
    icon: str = ""
    name: str = ""
    value: str = ""
    why_not: Words = ""
    about: Words = ""


@dataclass(frozen=True, slots=True)
class Tag(Component):
    """A word on a tint."""

    template: ClassVar[str] = "components/tag.html"
    label: Words
    tone: Tone = "zhu"


@dataclass(frozen=True, slots=True)
class Notice(Component):
    """A tinted block that says one thing; `title` is set in bold before it."""

    template: ClassVar[str] = "components/notice.html"
    text: Words
    title: Words = ""
    tone: Literal["due", "done", "info", "bad", "plain"] = "info"
    icon: str = ""
    link: "Button | None" = None

    @property
    def sign(self) -> str:
        """Return the icon of the tone, unless another was asked for."""
        signs = {"due": "bell", "done": "done", "info": "info", "bad": "warn", "plain": "info"}
        return self.icon or signs[self.tone]


@dataclass(frozen=True, slots=True)
class Toast(Component):
    """What just happened, in one line, above the page."""

    template: ClassVar[str] = "components/toast.html"
    text: Words
    icon: str = "done"


@dataclass(frozen=True, slots=True)
class Avatar(Component):
    """The first character of a name on a tint that stays the same for that name."""

    template: ClassVar[str] = "components/avatar.html"
    name: str
    large: bool = False

    @property
    def letter(self) -> str:
        """Return what stands in the circle: the surname, or a capital letter."""
        return self.name.strip()[:1].upper()

    @property
    def tone(self) -> str:
        """Return a tint that depends on the name alone."""
        return ("zhu", "jin", "qing", "lan", "zi")[sum(map(ord, self.name)) % 5]


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes to show with their real size; `srcset` and `sizes` where renditions exist."""

    src: str
    width: int = 800
    height: int = 400
    alt: Words = ""
    srcset: str = ""
    sizes: str = ""


# ---- home ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One thing of today: a message to confirm, later a quiz, a class, an answer."""

    title: Words
    href: str
    action: Words
    meta: tuple[Words, ...] = ()
    icon: str = "doc"
    tone: Tone = "zhu"
    done: bool = False


@dataclass(frozen=True, slots=True)
class Todo(Component):
    """The card of today's things; the first open row carries the screen's one filled button."""

    template: ClassVar[str] = "components/todo.html"
    rows: tuple[TodoRow, ...]
    title: Words = ""
    note: Words = ""

    @property
    def done(self) -> int:
        """Return how many rows are done."""
        return sum(row.done for row in self.rows)

    @property
    def first_open(self) -> "TodoRow | None":
        """Return the row that gets the filled button."""
        return next((row for row in self.rows if not row.done), None)

    @property
    def ring(self) -> "Ring":
        """Return the ring that counts the done rows."""
        return Ring(done=self.done, total=len(self.rows))


@dataclass(frozen=True, slots=True)
class Ring(Component):
    """n of m as a ring that fills."""

    template: ClassVar[str] = "components/ring.html"
    done: int
    total: int

    @property
    def percent(self) -> int:
        """Return how far the ring is filled, 0 to 100."""
        return round(100 * self.done / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Tile:
    """One service: a tinted icon and a name of at most four characters."""

    label: Words
    href: str
    icon: str
    tone: Tone = "lan"


@dataclass(frozen=True, slots=True)
class Tiles(Component):
    """The services of a space, in one card."""

    template: ClassVar[str] = "components/tiles.html"
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class LeadStory(Component):
    """The first news item: a 16:8 picture, two lines of title, a tag, source and readers."""

    template: ClassVar[str] = "components/lead_story.html"
    title: str
    href: str
    picture: Picture
    tag: "Tag | None" = None
    meta: tuple[Words, ...] = ()
    brief: Words = ""


@dataclass(frozen=True, slots=True)
class StoryRow(Component):
    """A compact news item: title left, a 96 × 72 picture right."""

    template: ClassVar[str] = "components/story_row.html"
    title: str
    href: str
    picture: Picture | None = None
    tag: "Tag | None" = None
    meta: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter(Component):
    """A message in the inbox: unread or not, what is asked, until when."""

    template: ClassVar[str] = "components/letter.html"
    title: str
    href: str
    brief: Words = ""
    tags: tuple[Tag, ...] = ()
    meta: tuple[Words, ...] = ()
    unread: bool = False
    icon: str = "mail"
    tone: Tone = "zhu"


@dataclass(frozen=True, slots=True)
class More(Component):
    """The way to the next page of a list. With `target` (an id) the rows are swapped in by htmx."""

    template: ClassVar[str] = "components/more.html"
    href: str
    label: Words = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Empty(Component):
    """Nothing here: a picture, one sentence, one action. `art` is one of rest, track, lamp."""

    template: ClassVar[str] = "components/empty.html"
    title: Words
    text: Words = ""
    art: Literal["rest", "track", "lamp"] = "rest"
    action: Button | None = None


# ---- lists, forms and choices ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row(Component):
    """A way on: tile, name, small print, value, chevron. Without `href` it is only read."""

    template: ClassVar[str] = "components/row.html"
    title: Words
    href: str = ""
    note: Words = ""
    value: Words = ""
    icon: str = ""
    tone: Tone = "plain"
    avatar: Avatar | None = None
    current: bool = False


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
    tag: "Tag | None" = None
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


# ---- the must-read -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArticleHead(Component):
    """Title, tag, source and time; the stamp stands over it once the person has confirmed."""

    template: ClassVar[str] = "components/article_head.html"
    title: str
    tag: "Tag | None" = None
    meta: tuple[Words, ...] = ()
    stamped: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmBar(Component):
    """The action bar of a must-read: the reason in words, then the button. Stands inside <fj-reader>.

    `key_for` names the act ("confirm:123") under which a retry keeps the same client key.
    """

    template: ClassVar[str] = "components/confirm_bar.html"
    action: str
    client_key: str
    key_for: str
    label: Words = ""
    wait: Words = ""
    ready: Words = ""
    hidden: tuple[tuple[str, str], ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Receipt(Component):
    """Proof that a confirmation is kept: number and time; the seal itself stands over the title."""

    template: ClassVar[str] = "components/receipt.html"
    number: str
    at: Words
    next: Button | None = None


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


@dataclass(frozen=True, slots=True)
class Bar(Component):
    """A part of a whole on a desk: `count` of `total` filled, and behind it `wider` (opened behind confirmed)."""

    template: ClassVar[str] = "components/bar.html"
    count: int
    total: int
    label: Words
    wider: int = 0
    tone: Literal["qing", "zhu"] = "qing"

    def _share(self, value: int) -> str:
        return f"{min(100.0, 100 * value / self.total):.1f}" if self.total and value else ""

    @property
    def most(self) -> str:
        """Return the width of the filled part, in hundredths of the whole."""
        return self._share(self.count)

    @property
    def more(self) -> str:
        """Return the width of the part behind it."""
        return self._share(self.wider)
