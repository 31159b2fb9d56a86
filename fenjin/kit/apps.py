"""The ground floor: no domain words, no tables."""

from django.apps import AppConfig
from django.conf import settings


class KitConfig(AppConfig):
    name = "fenjin.kit"
    label = "kit"

    def ready(self) -> None:
        from fenjin.kit import clock, doctor

        clock.follow(settings.DEMO_CLOCK)
        doctor.register("clock", _clock)


def _clock() -> str | None:
    from fenjin.kit import clock

    if not clock.is_moved():
        return None
    return "DEMO_CLOCK is set, so this installation may show another time than the true one. Unset it: it is for demos."
