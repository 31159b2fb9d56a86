"""One part of the desk "send a message": its fields, its panel, its line in the review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, QueryDict

from fenjin.spaces.access import Membership


@dataclass(frozen=True, slots=True)
class Writing:
    """Who composes, and for which space: what a part may ask of the desk. `zone` is that of the space."""

    request: HttpRequest
    membership: Membership
    space_id: int
    zone: str


@dataclass(frozen=True, slots=True)
class Option:
    """One way to choose, with what it means."""

    value: str
    label: Any
    words: Any
    chosen: bool


class Part(forms.Form):
    """A panel of the desk. The address of the page holds all of its fields, so a browser's back button undoes.

    `key` names the template `delivery/desk/parts/<key>.html`, which draws what stands inside the panel. A tick
    that is off is not in an address: a field with a default that can be taken away is a choice (radio buttons).
    """

    key: ClassVar[str]
    title: ClassVar[Any]
    defaults: ClassVar[Mapping[str, str]] = {}
    folded: ClassVar[bool] = False  # seldom changed: the panel opens on demand, and its head says `summary`

    def __init__(self, data: QueryDict, writing: Writing) -> None:
        super().__init__(data)
        self.writing = writing
        self.shows_errors = False

    @property
    def template(self) -> str:
        """Return the name of the template that draws the fields."""
        return f"delivery/desk/parts/{self.key}.html"

    @property
    def marked(self) -> Mapping[str, Any]:
        """Return the errors to be shown, by field; none before the sender has asked to look it over."""
        return self.errors if self.shows_errors else {}

    @property
    def summary(self) -> str:
        """Return what is chosen in a few words, for the head of a folded panel."""
        return ""

    def agree(self, parts: Mapping[str, "Part"]) -> None:
        """Check this part against the others (by key) when each is right by itself; faults go to add_error."""

    def values(self) -> dict[str, Any]:
        """Return what this part puts into `services.Sending`; only when the whole form is valid."""
        return {}

    def facts(self) -> Sequence[tuple[Any, Any]]:
        """Return its lines of the review: what is chosen, in words; only when the whole form is valid."""
        return ()
