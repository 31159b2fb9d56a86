"""Pictures, documents and recordings: taken in, cleaned, and given to those who may have them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "fenjin.media"
    label = "media"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from fenjin.audit.register import register_acts, register_kind
        from fenjin.media import personal
        from fenjin.media.models import MediaFile, Picture
        from fenjin.people.register import PersonalData, register_personal_data
        from fenjin.spaces.access import SpacePolicy
        from fenjin.spaces.register import Module, open_namespace, register_module

        # exact_class: wagtail.images registers its own policy for the image model later, and loses.
        register_permission_policy(Picture, SpacePolicy(Picture), exact_class=True)
        register_permission_policy(MediaFile, SpacePolicy(MediaFile), exact_class=True)
        take = frozenset(f"media.{act}_{what}" for act in ("add", "choose") for what in ("picture", "mediafile"))
        change = frozenset({"media.change_picture", "media.change_mediafile"})
        register_module(
            Module(
                key="media",
                name=_("Pictures and files"),
                always=True,
                permissions={
                    "author": take,
                    "editor": take | change,
                    "publisher": take | change,
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
                "media.add_file": _("File added"),
                "media.describe_file": _("File described"),
                "media.withdraw_file": _("File withdrawn"),
                "media.return_file": _("File brought back"),
            }
        )
        register_kind("picture", _("Picture"))
        register_kind("media_file", _("File"))
        for namespace in ("pictures", "picture_chooser", "files", "document_chooser", "recording_chooser"):
            open_namespace(namespace)
        register_personal_data(PersonalData("media", personal.collect, personal.fates, order=65))
