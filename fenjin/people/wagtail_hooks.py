"""Where the desks over people stand in the studio."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.kit.studio import DeskMenuItem
from fenjin.people.access import SYSTEM_OR_SECURITY
from fenjin.people.desk import administrators, people

urls = [
    path("people/", people.people, name="people"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/code/", people.code_issue, name="code_issue"),
    path("people/<int:person_id>/code/revoke/", people.code_revoke, name="code_revoke"),
    path("administrators/", administrators.administrators, name="administrators"),
    path("administrators/add/", administrators.administrator_make, name="administrator_make"),
    path("administrators/<int:account_id>/end/", administrators.administrator_end, name="administrator_end"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the desks below /studio/."""
    return [path("", include((urls, "people_desk")))]


@hooks.register("register_admin_menu_item")
def register_people_item() -> DeskMenuItem:
    """Add the list of people to the menu."""
    return DeskMenuItem(_("People"), "people_desk:people", rule=SYSTEM_OR_SECURITY, icon="group", order=400)


@hooks.register("register_admin_menu_item")
def register_administrators_item() -> DeskMenuItem:
    """Add the three offices to the menu."""
    return DeskMenuItem(
        _("Administrators"), "people_desk:administrators", rule=SYSTEM_OR_SECURITY, icon="lock", order=450
    )
