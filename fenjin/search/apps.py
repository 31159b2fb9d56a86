"""Finding what one may read. People are never found here."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "fenjin.search"
    label = "search"

    def ready(self) -> None:
        from fenjin.people.register import PersonalData, register_personal_data
        from fenjin.search import personal

        register_personal_data(PersonalData("search", personal.collect, order=80))
