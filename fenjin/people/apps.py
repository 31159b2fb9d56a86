"""Accounts, persons, posts, the organisation tree and its history."""

from django.apps import AppConfig

from fenjin.audit.register import register_acts, register_kind
from fenjin.people.register import (
    PersonalData,
    PersonPanel,
    register_person_panel,
    register_personal_data,
    register_retention,
)
from fenjin.people.words import (
    ACCOUNT,
    ACTS,
    DOOR,
    INSTALLATION,
    NOTICE,
    PERSON,
    RETENTION,
    ROSTER,
    ROSTER_COLUMNS,
    ROSTER_FILE,
    UNIT,
)


class PeopleConfig(AppConfig):
    name = "fenjin.people"
    label = "people"

    def ready(self) -> None:
        from fenjin.kit import doctor
        from fenjin.kit.access import register_keeper
        from fenjin.people import health
        from fenjin.people.desk.factors import factor_of_person
        from fenjin.people.selectors import names
        from fenjin.people.views.staying import keep_for_later

        register_acts(ACTS)
        register_kind("account", ACCOUNT, names.account_names, names.find_accounts)
        register_kind("person", PERSON, names.person_names, names.find_persons)
        register_kind("unit", UNIT, names.unit_names)
        register_person_panel(PersonPanel("people/desk/factor_panel.html", factor_of_person, order=90))
        register_kind("installation", INSTALLATION, names.installation_names)
        register_kind("door", DOOR)
        register_kind("notice", NOTICE)
        register_kind("retention", RETENTION)
        register_kind("roster", ROSTER, names.import_names)
        register_kind("roster_upload", ROSTER_FILE)
        register_kind("roster_columns", ROSTER_COLUMNS)
        doctor.register("offices", health.offices)
        doctor.register("outside sign-in", health.outside_sign_in)
        register_keeper(keep_for_later)
        self._say_what_is_kept()

    def _say_what_is_kept(self) -> None:
        from fenjin.people.selectors.personal_account import account_sheets
        from fenjin.people.selectors.personal_rows import person_sheets
        from fenjin.people.services.erasure import account_fates, erase_account
        from fenjin.people.services.old_rows import kinds_of_people

        register_personal_data(PersonalData("person", person_sheets, order=10))
        register_personal_data(PersonalData("account", account_sheets, account_fates, erase_account, order=20))
        for kind in kinds_of_people():
            register_retention(kind)
