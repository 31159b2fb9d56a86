"""Small things: buttons, tags, notices, pictures."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from fenjin.kit.components.base import Component, Tone, Words


@dataclass(frozen=True, slots=True)
class Button(Component):
    """A link when it has an `href`, else a submit button. `why_not` closes it and says the reason."""

    template: ClassVar[str] = "components/button.html"
    alike: ClassVar[bool] = True
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
    alike: ClassVar[bool] = True
    label: Words
    tone: Tone = "zhu"


@dataclass(frozen=True, slots=True)
class Notice(Component):
    """A tinted block that says one thing; `title` is set in bold before it."""

    template: ClassVar[str] = "components/notice.html"
    alike: ClassVar[bool] = True
    text: Words
    title: Words = ""
    tone: Literal["due", "done", "info", "bad", "plain"] = "info"
    icon: str = ""
    link: Button | None = None

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
