"""The typed context of each component of the skin: one frozen dataclass, one template.

Draw one with `{% component thing %}` or, where a template makes it itself,
`{% component "Notice" text=words tone="due" %}`. The template sees the dataclass as `c`.
Words are already in the reader's language; times, counts and links are already made by the caller.
"""

from fenjin.kit.components.base import Component, Tone, Words
from fenjin.kit.components.basics import Avatar, Button, Notice, Picture, Tag, Toast
from fenjin.kit.components.desk import Bar
from fenjin.kit.components.frame import FlowBar, ShellFrame, SpaceChoice, Tab
from fenjin.kit.components.home import Empty, LeadStory, Letter, More, Ring, StoryRow, Tile, Tiles, Todo, TodoRow
from fenjin.kit.components.lists import (
    Crumb,
    Crumbs,
    Field,
    FilePick,
    Hit,
    Option,
    Row,
    SearchBox,
    Segmented,
    SessionRow,
    Sheet,
)
from fenjin.kit.components.reading import ArticleHead, ConfirmBar, Listen, Receipt

__all__ = [
    "ArticleHead",
    "Avatar",
    "Bar",
    "Button",
    "Component",
    "ConfirmBar",
    "Crumb",
    "Crumbs",
    "Empty",
    "Field",
    "FilePick",
    "FlowBar",
    "Hit",
    "LeadStory",
    "Letter",
    "Listen",
    "More",
    "Notice",
    "Option",
    "Picture",
    "Receipt",
    "Ring",
    "Row",
    "SearchBox",
    "Segmented",
    "SessionRow",
    "Sheet",
    "ShellFrame",
    "SpaceChoice",
    "StoryRow",
    "Tab",
    "Tag",
    "Tile",
    "Tiles",
    "Toast",
    "Todo",
    "TodoRow",
    "Tone",
    "Words",
]
