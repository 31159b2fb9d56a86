"""The must-read."""

from dataclasses import dataclass, field
from typing import ClassVar

from fenjin.kit.components.base import Component, Words
from fenjin.kit.components.basics import Button, Tag


@dataclass(frozen=True, slots=True)
class ArticleHead(Component):
    """Title, tag, source and time; the stamp stands over it once the person has confirmed."""

    template: ClassVar[str] = "components/article_head.html"
    alike: ClassVar[bool] = True
    title: str
    tag: Tag | None = None
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
class Listen(Component):
    """Listen to a text: a recording at `src`, or the device's own voice, which reads what `reads` selects.

    Pages that show it load fj-listen.js. Without JavaScript a recording plays, and without one nothing is drawn.
    """

    template: ClassVar[str] = "components/listen.html"
    alike: ClassVar[bool] = True
    src: str = ""
    length: str = ""  # of the recording: "3:05"
    reads: str = ".article > header h1, .article > .lede, .article > .prose > *"
