"""Pictures: taken in, cleaned, cut to size, and shown to those who may see them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "fenjin.media"
    label = "media"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from fenjin.audit.register import register_acts, register_kind
        from fenjin.media import personal
        from fenjin.media.models import Picture
        from fenjin.people.register import PersonalData, register_personal_data
        from fenjin.spaces.access import SpacePolicy
        from fenjin.spaces.register import Module, open_namespace, register_module

        # exact_class: wagtail.images registers its own policy for the image model later, and loses.
        register_permission_policy(Picture, SpacePolicy(Picture), exact_class=True)
        take = frozenset({"media.add_picture", "media.choose_picture"})
        register_module(
            Module(
                key="media",
                name=_("Pictures"),
                always=True,
                permissions={
                    "author": take,
                    "editor": take | {"media.change_picture"},
                    "publisher": take | {"media.change_picture"},
                    "campaign_manager": take,
                },
            )
        )
        register_acts(
            {
                "media.add_picture": _("Picture added"),
                "media.describe_picture": _("Picture described"),
                "media.withdraw_picture": _("Picture withdrawn"),
                "media.return_picture": _("Picture brought back"),
            }
        )
        register_kind("picture", _("Picture"))
        open_namespace("pictures")
        open_namespace("picture_chooser")
        register_personal_data(PersonalData("media", personal.collect, personal.fates, order=65))
