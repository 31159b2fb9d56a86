"""Accounts, persons, posts, the organisation tree and its history."""

from django.apps import AppConfig

from fenjin.audit.register import register_acts, register_kind
from fenjin.people.words import ACCOUNT, ACTS, DOOR, PERSON, ROSTER, UNIT


class PeopleConfig(AppConfig):
    name = "fenjin.people"
    label = "people"

    def ready(self) -> None:
        from fenjin.people.selectors import names

        register_acts(ACTS)
        register_kind("account", ACCOUNT, names.account_names)
        register_kind("person", PERSON, names.person_names)
        register_kind("unit", UNIT, names.unit_names)
        register_kind("door", DOOR)
        register_kind("roster", ROSTER, names.import_names)
