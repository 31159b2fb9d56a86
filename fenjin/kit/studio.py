"""Pieces for operators' desks inside the studio shell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import SubMenuItem

from fenjin.kit.access import Rule, Verdict


class DeskMenuItem(MenuItem):
    """A menu entry that is drawn only for those whom `rule` lets in."""

    def __init__(self, label: Any, url_name: str, *, rule: Rule, icon: str, lead: Any = "") -> None:
        super().__init__(label, reverse_lazy(url_name), name=_entry(url_name), icon_name=icon)
        self.rule = rule
        self.lead = lead  # one sentence for the start page

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the one who asks would be let in."""
        return self.rule.judge(request) in (Verdict.ALLOW, Verdict.CONFIRM_IDENTITY)


def add_to_menu(label: Any, url_name: str, *, rule: Rule, icon: str, lead: Any = "") -> None:
    """Put a desk into the studio's menu, for those whom `rule` lets in; `lead` says on the start page what it is for.

    For `wagtail_hooks`, once for each desk; label and lead are translated when they are shown. Where it stands is
    decided in one place for all, by whoever calls `arrange`.
    """

    def make() -> DeskMenuItem:
        return DeskMenuItem(label, url_name, rule=rule, icon=icon, lead=lead)

    hooks.register("register_admin_menu_item", make)


@dataclass(frozen=True, slots=True)
class Group:
    """Desks that belong together, under a name in the user's words; without a name each stands for itself."""

    name: str
    label: Any
    icon: str
    desks: tuple[str, ...]  # names of addresses, and of viewsets, in the order in which they are shown


class GroupMenuItem(MenuItem):
    """A group in the menu: a button that opens its desks."""

    def __init__(self, group: Group, desks: Sequence[MenuItem]) -> None:
        super().__init__(group.label, "#", name=f"group-{group.name}", icon_name=group.icon, order=desks[0].order)
        self.desks = desks

    def render_component(self, request: HttpRequest) -> SubMenuItem:
        """Return the button with its desks; they were asked before whether they are shown."""
        inside = [desk.render_component(request) for desk in self.desks]
        return SubMenuItem(self.name, self.label, inside, icon_name=self.icon_name)


_groups: list[Group] = []
_LAST: Final = 10_000  # a desk that nobody has placed yet stands at the end


def arrange(groups: Iterable[Group]) -> None:
    """Say how the desks are grouped, and in which order; for the one who composes the house, once."""
    _groups[:] = groups


def place_of(name: str) -> int:
    """Return where the entry called `name` stands in the menu, counted over all groups."""
    names = [_entry(desk) for group in _groups for desk in group.desks]
    return names.index(name) if name in names else _LAST


def in_groups[Entry: MenuItem](entries: Iterable[Entry]) -> list[tuple[Group | None, list[Entry]]]:
    """Return the entries of a menu by group, in their order; groups without any are left out."""
    ordered = sorted(entries, key=lambda entry: (place_of(entry.name), entry.order))
    found: dict[str, tuple[Group | None, list[Entry]]] = {}
    for entry in ordered:
        group = next((one for one in _groups if entry.name in map(_entry, one.desks)), None)
        found.setdefault(group.name if group else "", (group, []))[1].append(entry)
    return list(found.values())


def fold(entries: Sequence[MenuItem]) -> list[MenuItem]:
    """Return a menu with groups for entries that stand one by one; a group of one is that entry itself."""
    folded: list[MenuItem] = []
    for group, desks in in_groups(entries):
        for desk in desks:
            desk.order = place_of(desk.name)  # Wagtail sorts once more, by this
        folded += [GroupMenuItem(group, desks)] if group and group.label and len(desks) > 1 else desks
    return folded


def unfold(entries: Iterable[MenuItem]) -> list[MenuItem]:
    """Return the desks of a menu, those inside groups too, one by one."""
    return [desk for entry in entries for desk in (entry.desks if isinstance(entry, GroupMenuItem) else [entry])]


def _entry(url_name: str) -> str:
    return url_name.replace(":", "-")
