"""Sub-platforms: the tenant, roles, settings, the module register and the studio's gate."""

from django.apps import AppConfig

from fenjin.audit.register import register_acts, register_details, register_kind
from fenjin.kit.access import guard_prefix
from fenjin.people.register import (
    OnLeave,
    PersonalData,
    PersonPanel,
    on_leave,
    on_root_opened,
    read_sessions_with,
    register_person_panel,
    register_personal_data,
    who_has_power,
)
from fenjin.spaces.register import FirstDayStep, first_day
from fenjin.spaces.words import (
    ACTS,
    COLOUR_STEP,
    COLOUR_WHY,
    CONTACT_STEP,
    CONTACT_WHY,
    DETAILS,
    EDITORS_STEP,
    EDITORS_WHY,
    SPACE,
)

SETTINGS = "spaces_desk:settings_of"


class SpacesConfig(AppConfig):
    name = "fenjin.spaces"
    label = "spaces"

    def ready(self) -> None:
        guard_prefix("/studio/", "fenjin.spaces.studio.StudioGate")
        guard_prefix("/static/", "whitenoise.middleware.WhiteNoiseMiddleware")

        from fenjin.spaces import personal
        from fenjin.spaces.desk.roles import roles_of_person
        from fenjin.spaces.selectors import load_session, space_names
        from fenjin.spaces.selectors.first_day import with_colours, with_contact, with_two_editors
        from fenjin.spaces.services import end_roles_of, give_back_roles, name_group, people_with_power

        first_day(FirstDayStep("look", COLOUR_STEP, COLOUR_WHY, SETTINGS, with_colours, takes_space=True, order=10))
        first_day(
            FirstDayStep("contact", CONTACT_STEP, CONTACT_WHY, SETTINGS, with_contact, takes_space=True, order=20)
        )
        first_day(FirstDayStep("editors", EDITORS_STEP, EDITORS_WHY, "spaces_desk:roles", with_two_editors, order=30))
        register_acts(ACTS)
        register_details(DETAILS)
        register_kind("space", SPACE, space_names)
        register_person_panel(PersonPanel("spaces/desk/person_roles.html", roles_of_person, order=30))
        on_leave(OnLeave("role", end_roles_of, give_back_roles))
        who_has_power(people_with_power)
        on_root_opened(name_group)
        read_sessions_with(load_session)
        register_personal_data(PersonalData("spaces", personal.collect, personal.fates, order=30))
