"""Looking at what people write: words, a queue, reasons, appeals."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenjin.audit.register import register_acts, register_kind


class ModerationConfig(AppConfig):
    name = "fenjin.moderation"
    label = "moderation"

    def ready(self) -> None:
        from fenjin.moderation import personal
        from fenjin.moderation.access import ANSWER, DECIDE
        from fenjin.people.register import PersonalData, register_personal_data
        from fenjin.spaces.register import Module, register_module

        register_module(
            Module(
                key="moderation",
                name=_("Moderation"),
                always=True,
                permissions={
                    "moderator": frozenset({DECIDE, ANSWER}),
                    "editor": frozenset({ANSWER}),
                    "publisher": frozenset({ANSWER}),
                },
            )
        )
        register_acts(
            {
                "moderation.show": _("Text shown after a look"),
                "moderation.remove": _("Text taken away, with a reason"),
                "moderation.undo": _("Decision on a text taken back"),
                "moderation.appeal": _("Appeal decided"),
                "moderation.answer": _("Criticism answered"),
                "moderation.words_add": _("Words added to the list"),
                "moderation.word_remove": _("Word taken off the list"),
                "moderation.rule": _("Rule for comments changed"),
            }
        )
        register_kind("case", _("Looked-at text"))
        register_personal_data(PersonalData("moderation", personal.collect, personal.fates, order=65))
