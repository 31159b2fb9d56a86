"""The studio's start page: a greeting, what is open, and the desks that one may use."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.menu import admin_menu
from wagtail.admin.ui.components import Component

from fenjin.kit.access import needs
from fenjin.kit.studio import in_groups, unfold
from fenjin.spaces.access import STAFF, membership_of
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.selectors import space_names
from fenjin.spaces.selectors.first_day import first_days

MOST = 3  # first days shown at once
FEW = 6  # so many desks need no headings


class StartPanel(Component):
    """The greeting: drawn first, in place of Wagtail's panels."""

    name = "start"
    template_name = "spaces/desk/start.html"
    order = 1

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the reader's name, offices and roles."""
        membership = membership_of(self.request)
        names = space_names({held.space_id for held in membership.roles})
        return {
            "request": self.request,
            "office": membership.office,
            "held": [
                (RoleGrant.Role(held.role).label, names.get(held.space_id, ""), held.ends_at)
                for held in membership.roles
            ],
        }


class DesksPanel(Component):
    """What new spaces still want, and the desks of the own menu with a sentence each: drawn last."""

    name = "desks"
    template_name = "spaces/desk/start_desks.html"
    order = 100

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the open first days, and the desks in the groups and the order of the menu."""
        roles = membership_of(self.request).roles
        whole = frozenset(held.space_id for held in roles if held.role == "editor" and held.unit_id is None)
        desks = unfold(admin_menu.menu_items_for_request(self.request))
        return {
            "first_days": first_days(whole)[:MOST] if whole else [],
            "groups": in_groups(desks) if len(desks) > FEW else [(None, desks)],
        }


@needs(STAFF)
def script_words(request: HttpRequest) -> HttpResponseBase:
    """Give the words of Wagtail's scripts, with those that its own translation leaves in English."""
    return JavaScriptCatalog.as_view(packages=["wagtail.admin", "fenjin.kit"])(request)


@needs(STAFF)
def account(request: HttpRequest) -> HttpResponse:
    """Lead from Wagtail's account entry to the page Me: there is one place for password and preferences."""
    return redirect("shell:me")
