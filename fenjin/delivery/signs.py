"""What emergencies and reminders bring to the registers; `apps` has it signed when the tables are ready."""

from django.utils.translation import gettext_lazy as _

from fenjin.audit.register import register_acts
from fenjin.delivery import health
from fenjin.delivery import personal_safety as safety
from fenjin.delivery.access import DUTY, NAME_SILENT
from fenjin.delivery.selectors.duty import spaces_with_duty_desk
from fenjin.kit import doctor
from fenjin.people.register import PersonalData, register_personal_data
from fenjin.spaces.register import FirstDayStep, Module, first_day, register_module


def sign_emergencies() -> None:
    """Sign acts, rights, the step of the first day, the doctor's check and personal data."""

    register_acts(
        {
            "delivery.all_clear": _("All clear said"),
            "delivery.board_look": _("Names on the duty desk read"),
            "delivery.board_export": _("Board of an emergency taken along"),
            "delivery.take_care": _("Somebody in need taken care of"),
            "delivery.leave_care": _("Mark of being taken care of taken away"),
            "delivery.name_silent": _("Looked who has not answered an emergency"),
            "delivery.name_unconfirmed": _("Looked who has not confirmed a message"),
            "delivery.export_unconfirmed": _("List of who has not confirmed taken along"),
            "delivery.remind": _("Reminded by hand"),
            "delivery.remind_stop": _("Reminders stopped"),
        }
    )
    register_module(
        Module(
            key="duty",
            name=_("Duty desk"),
            always=True,
            permissions={
                "duty_officer": frozenset({DUTY}),
                "unit_administrator": frozenset({DUTY, NAME_SILENT}),
            },
        )
    )
    first_day(
        FirstDayStep(
            "duty",
            _("Name a duty officer"),
            _("In an emergency this person sees who needs help; until then it is the group's duty desk."),
            "spaces_desk:roles",
            spaces_with_duty_desk,
            order=35,
        )
    )
    doctor.register("duty desk", health.duty_desk)
    register_personal_data(PersonalData("safety", safety.collect, safety.fates, safety.erase, order=42))
