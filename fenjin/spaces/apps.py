"""Sub-platforms: the tenant, roles, settings, the module register and the studio's gate."""

from django.apps import AppConfig

from fenjin.kit.access import guard_prefix


class SpacesConfig(AppConfig):
    name = "fenjin.spaces"
    label = "spaces"

    def ready(self) -> None:
        guard_prefix("/studio/", "fenjin.spaces.studio.StudioGate")
        guard_prefix("/static/", "whitenoise.middleware.WhiteNoiseMiddleware")
