"""Desks of the shell in the studio, and how the desks of all rooms are put together into one menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.kit.studio import add_to_menu, arrange, fold
from fenjin.shell import desk, desk_calendar, desk_corrections, desk_seeing
from fenjin.shell.menu import MENU
from fenjin.spaces.access import SECURITY_ADMINISTRATOR

urls = (
    [
        path("complaints/", desk.complaints, name="complaints"),
        path("complaints/<int:complaint_id>/", desk.complaint, name="complaint"),
        path("corrections/", desk_corrections.corrections, name="corrections"),
        path("corrections/<int:correction_id>/", desk_corrections.correction, name="correction"),
        path("calendar/", desk_calendar.calendar, name="calendar"),
        path("see-as/", desk_seeing.see_as, name="see_as"),
        path("see-as/page/", desk_seeing.seen, name="seen"),
    ],
    "shell_desk",
)


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    """Put the desks under /studio/complaints/ and /studio/corrections/."""
    return [path("", include(urls))]


add_to_menu(
    _("Complaints"),
    "shell_desk:complaints",
    rule=SECURITY_ADMINISTRATOR,
    icon="comment",
    lead=_("What people complain about or suggest; each gets an answer."),
)
add_to_menu(
    _("Corrections"),
    "shell_desk:corrections",
    rule=desk_corrections.CORRECTORS,
    icon="edit",
    lead=_("What people say is wrong about them."),
)
add_to_menu(
    _("Calendar"),
    "shell_desk:calendar",
    rule=desk_calendar.PLANNERS,
    icon="calendar-alt",
    lead=_("All that is planned, day by day, and what comes too close together."),
)
add_to_menu(
    _("See as an employee"),
    "shell_desk:see_as",
    rule=desk_seeing.LOOKERS,
    icon="mobile-alt",
    lead=_("Home and articles as an employee of a unit gets them: type size, dark, English."),
)

arrange(MENU)


@hooks.register("construct_main_menu", order=2000)
def group_the_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    """Put the desks that are left for the one who asks into their groups."""
    menu_items[:] = fold(menu_items)
