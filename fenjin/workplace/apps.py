"""The ways out of the house: the company's messenger, mail, text messages, behind one interface."""

from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    name = "fenjin.workplace"
    label = "workplace"

    def ready(self) -> None:
        from fenjin.kit import doctor
        from fenjin.workplace import health

        doctor.register("channels", health.channels)
