"""What only desks need."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from fenjin.kit.components.base import Component, Words


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
