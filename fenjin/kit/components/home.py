"""Home, news and the inbox."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from fenjin.kit.components.base import Component, Tone, Words
from fenjin.kit.components.basics import Button, Picture, Tag


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
    alike: ClassVar[bool] = True
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
    alike: ClassVar[bool] = True
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
    alike: ClassVar[bool] = True
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class LeadStory(Component):
    """The first news item: a 16:8 picture, two lines of title, a tag, source and readers."""

    template: ClassVar[str] = "components/lead_story.html"
    alike: ClassVar[bool] = True
    title: str
    href: str
    picture: Picture
    tag: Tag | None = None
    meta: tuple[Words, ...] = ()
    brief: Words = ""


@dataclass(frozen=True, slots=True)
class StoryRow(Component):
    """A compact news item: title left, a 96 × 72 picture right."""

    template: ClassVar[str] = "components/story_row.html"
    alike: ClassVar[bool] = True
    title: str
    href: str
    picture: Picture | None = None
    tag: Tag | None = None
    meta: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter(Component):
    """A message in the inbox: unread or not, what is asked, until when."""

    template: ClassVar[str] = "components/letter.html"
    alike: ClassVar[bool] = True
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
    alike: ClassVar[bool] = True
    href: str
    label: Words = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Empty(Component):
    """Nothing here: a picture, one sentence, one action. `art` is one of rest, track, lamp."""

    template: ClassVar[str] = "components/empty.html"
    alike: ClassVar[bool] = True
    title: Words
    text: Words = ""
    art: Literal["rest", "track", "lamp"] = "rest"
    action: Button | None = None
