"""Who is meant: the rule language, its SQL, its plain evaluation, live counts and saved audiences."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AudiencesConfig(AppConfig):
    name = "fenjin.audiences"
    label = "audiences"

    def ready(self) -> None:
        from fenjin.audiences import personal
        from fenjin.audiences.selectors.leaving import list_left_behind
        from fenjin.audiences.services import pass_on_audiences
        from fenjin.audit.register import register_acts, register_kind
        from fenjin.people.register import HandOver, PersonalData, hand_over, register_personal_data

        register_acts(
            {
                "audiences.add": _("Audience saved"),
                "audiences.change": _("Saved audience changed"),
                "audiences.take_back": _("Change of an audience taken back"),
                "audiences.put_away": _("Audience put away"),
                "audiences.bring_back": _("Audience brought back"),
                "audiences.list_add": _("List of staff numbers saved"),
                "audiences.list_put_away": _("List of staff numbers put away"),
            }
        )
        register_kind("audience", _("Saved audience"))
        register_kind("person list", _("List of staff numbers"))
        hand_over(HandOver("audiences", _("Saved audiences"), list_left_behind, pass_on_audiences))
        register_personal_data(PersonalData("audiences", personal.collect, personal.fates, personal.erase, order=38))
