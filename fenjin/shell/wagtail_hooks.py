"""The complaint desk in the studio."""

from typing import Any

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.kit.studio import add_to_menu
from fenjin.shell import desk, desk_calendar, desk_corrections, desk_seeing
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
    order=600,
    lead=_("What people complain about or suggest; each gets an answer."),
)
add_to_menu(
    _("Corrections"),
    "shell_desk:corrections",
    rule=desk_corrections.CORRECTORS,
    icon="edit",
    order=610,
    lead=_("What people say is wrong about them."),
)
add_to_menu(
    _("Calendar"),
    "shell_desk:calendar",
    rule=desk_calendar.PLANNERS,
    icon="calendar-alt",
    order=204,
    lead=_("All that is planned, day by day, and what comes too close together."),
)
add_to_menu(
    _("See as an employee"),
    "shell_desk:see_as",
    rule=desk_seeing.LOOKERS,
    icon="mobile-alt",
    order=206,
    lead=_("Home and articles as an employee of a unit gets them: type size, dark, English."),
)
