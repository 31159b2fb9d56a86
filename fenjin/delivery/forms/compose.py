"""All that a sender chooses, part by part."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict

from fenjin.delivery.forms.part import Part, Writing
from fenjin.delivery.forms.parts import PARTS
from fenjin.delivery.services import Sending


class ComposeForm:
    """The parts of the desk over one address; to whom it goes is the draft's matter (`desk.draft`)."""

    def __init__(self, data: QueryDict, writing: Writing) -> None:
        values = data.copy()
        for part in PARTS:
            for name, default in part.defaults.items():
                values.setdefault(name, default)
        self.data = values
        self.parts: dict[str, Part] = {part.key: part(values, writing) for part in PARTS}

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts.values())

    def is_valid(self) -> bool:
        """Tell whether it can be sent as chosen; from now on the panels mark what is wrong."""
        for part in self:
            part.shows_errors = True
        if not all(part.is_valid() for part in self):
            return False
        for part in self:
            part.agree(self.parts)
        return all(part.is_valid() for part in self)

    @property
    def marked(self) -> bool:
        """Tell whether a panel shows a fault."""
        return any(part.marked for part in self)

    def sending(self, rule: Any) -> Sending:
        """Return what is sent to the people of a rule; only after is_valid()."""
        values: dict[str, Any] = {}
        for part in self:
            values |= part.values()
        return Sending(rule=rule, **values)

    def facts(self) -> list[tuple[Any, Any]]:
        """Return what is chosen as lines of the review; only after is_valid()."""
        return [line for part in self for line in part.facts()]

    def kept(self) -> list[tuple[str, str]]:
        """Return name and value of each field, for a page that carries them on."""
        names = dict.fromkeys(name for part in self for name in part.fields)
        return [(name, value) for name in names for value in self.data.getlist(name)]
