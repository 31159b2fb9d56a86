"""Pieces for operators' desks inside the studio shell."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from fenjin.kit.access import Rule, Verdict


class DeskMenuItem(MenuItem):
    """A menu entry that is drawn only for those whom `rule` lets in."""

    def __init__(self, label: Any, url_name: str, *, rule: Rule, icon: str, order: int, lead: Any = "") -> None:
        super().__init__(label, reverse_lazy(url_name), name=url_name.replace(":", "-"), icon_name=icon, order=order)
        self.rule = rule
        self.lead = lead  # one sentence for the start page

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the one who asks would be let in."""
        return self.rule.judge(request) in (Verdict.ALLOW, Verdict.CONFIRM_IDENTITY)


def add_to_menu(label: Any, url_name: str, *, rule: Rule, icon: str, order: int, lead: Any = "") -> None:
    """Put a desk into the studio's menu, for those whom `rule` lets in; `lead` says on the start page what it is for.

    For `wagtail_hooks`, once for each desk; label and lead are translated when they are shown.
    """

    def make() -> DeskMenuItem:
        return DeskMenuItem(label, url_name, rule=rule, icon=icon, order=order, lead=lead)

    hooks.register("register_admin_menu_item", make)
