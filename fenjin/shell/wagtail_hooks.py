"""The complaint desk in the studio."""

from typing import Any

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.kit.studio import DeskMenuItem
from fenjin.shell import desk
from fenjin.spaces.access import SECURITY_ADMINISTRATOR

urls = (
    [
        path("", desk.complaints, name="complaints"),
        path("<int:complaint_id>/", desk.complaint, name="complaint"),
    ],
    "shell_desk",
)


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    """Put the desk under /studio/complaints/."""
    return [path("complaints/", include(urls))]


@hooks.register("register_admin_menu_item")
def desk_menu() -> DeskMenuItem:
    """Show the desk to the security administrator."""
    return DeskMenuItem(
        _("Complaints"), "shell_desk:complaints", rule=SECURITY_ADMINISTRATOR, icon="comment", order=600
    )
