"""Where the desks over spaces stand in the studio, and the studio's own start page."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.kit.errors import NotFound
from fenjin.kit.studio import add_to_menu
from fenjin.spaces.access import LEFT_BEHIND, SYSTEM_ADMINISTRATOR
from fenjin.spaces.desk import left_behind, log, platforms, roles, settings
from fenjin.spaces.desk.start import DesksPanel, StartPanel

urls = [
    path("roles/", roles.roles, name="roles"),
    path("roles/give/", roles.role_find, name="role_find"),
    path("roles/give/<int:person_id>/", roles.role_give, name="role_give"),
    path("roles/<int:grant_id>/end/", roles.role_end, name="role_end"),
    path("left-behind/", left_behind.left_behind, name="left_behind"),
    path("left-behind/<int:space_id>/<int:person_id>/", left_behind.left_behind_pass_on, name="left_behind_pass_on"),
    path("space-log/", log.space_log, name="space_log"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<int:space_id>/", settings.settings_of, name="settings_of"),
    path("sub-platforms/", platforms.platforms, name="platforms"),
    path("sub-platforms/open/", platforms.platform_find, name="platform_find"),
    path("sub-platforms/open/<int:unit_id>/", platforms.platform_open, name="platform_open"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the desks below /studio/."""
    return [path("", include((urls, "spaces_desk")))]


add_to_menu(
    _("Roles"),
    "spaces_desk:roles",
    rule=roles.ROLE_GIVER,
    icon="key",
    lead=_("Who may do what, and where; give and end roles."),
)
add_to_menu(
    _("Hand-over"),
    "spaces_desk:left_behind",
    rule=LEFT_BEHIND,
    icon="resubmit",
    lead=_("Drafts of people who have left: choose who goes on with them."),
)
add_to_menu(
    _("Space settings"),
    "spaces_desk:settings",
    rule=settings.SETTER_UP,
    icon="cog",
    lead=_("Name, seal, colours, home page, features, and whom people call."),
)
add_to_menu(
    _("Log of the sub-platform"),
    "spaces_desk:space_log",
    rule=log.AUDITOR,
    icon="list-ul",
    lead=_("What staff did in your sub-platform: who, what, when."),
)
add_to_menu(
    _("Sub-platforms"),
    "spaces_desk:platforms",
    rule=SYSTEM_ADMINISTRATOR,
    icon="site",
    lead=_("See the sub-platforms, open one on a subsidiary."),
)


@hooks.register("construct_homepage_panels", order=1000)
def show_desks(request: HttpRequest, panels: list[Any]) -> None:
    """Put the list of desks in place of Wagtail's own panels, which look across spaces; keep those of our rooms."""
    own = [panel for panel in panels if type(panel).__module__.startswith("fenjin.")]
    panels[:] = [StartPanel(request), *own, DesksPanel(request)]


@hooks.register("construct_main_menu", order=1000)
def leave_out_wagtails_own(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out entries that lead to places the gate does not open."""
    closed = {"explorer", "images", "documents", "reports", "settings", "help"}
    menu_items[:] = [item for item in menu_items if item.name not in closed]


class _NoDocuments:
    """Wagtail's frame asks for the address of a documents API; documents are not installed, and this one is empty."""

    model = type("NoModel", (), {})

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        """Return one address that the gate never opens."""
        return [path("", cls.nothing, name="listing")]

    @staticmethod
    def nothing(request: HttpRequest) -> Any:
        """Say that there is nothing."""
        raise NotFound


@hooks.register("construct_admin_api")
def name_documents(router: Any) -> None:
    """Give the frame of the studio the address it asks for."""
    router.register_endpoint("documents", _NoDocuments)
