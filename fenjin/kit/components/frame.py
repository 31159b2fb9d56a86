"""The frame around every page."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from fenjin.kit.components.base import Component, Words


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the five tabs; only those that have something are passed to the frame."""

    key: str
    label: Words
    href: str
    icon: str


@dataclass(frozen=True, slots=True)
class SpaceChoice:
    """A space that somebody with posts in several may look at."""

    space_id: int
    name: Words
    mark: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ShellFrame:
    """What base.html needs around every page; the template knows it as `shell`."""

    space_name: Words = "奋进"
    mark: str = "奋"
    tabs: tuple[Tab, ...] = ()
    active: str = ""
    signed_in: bool = False
    unread: object = False  # tells by its truth; looked for only where the bell is drawn
    home_url: str = "/"
    search_url: str = ""
    inbox_url: str = ""
    spaces: tuple[SpaceChoice, ...] = ()
    spaces_url: str = ""
    complaint_url: str = ""
    why_url: str = ""
    contact: object = None  # with name, phone, dial and hours; false when nobody is named
    stylesheet: str = ""  # the space's own colours with everything else; empty: the house's
    watermark: str = ""
    theme: Literal["light", "dark", "auto"] = "auto"
    scale: Literal[1, 2, 3] = 1
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class FlowBar(Component):
    """The top bar inside a flow: close (or back) on the left, a name, nothing or a link on the right."""

    template: ClassVar[str] = "components/flow_bar.html"
    alike: ClassVar[bool] = True
    name: Words
    back: str
    closes: bool = True
    more: str = ""
