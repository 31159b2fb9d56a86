"""Looking at what people write: words, a queue, reasons, appeals."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenjin.audit.register import register_acts, register_details, register_kind


class ModerationConfig(AppConfig):
    name = "fenjin.moderation"
    label = "moderation"

    def ready(self) -> None:
        from fenjin.kit import doctor
        from fenjin.moderation import health, personal
        from fenjin.moderation.access import ANSWER, DECIDE
        from fenjin.moderation.selectors.hands import with_moderators
        from fenjin.moderation.todo import told_rows
        from fenjin.people.register import PersonalData, register_personal_data
        from fenjin.spaces.register import FirstDayStep, Module, TodoSource, first_day, register_module

        doctor.register("moderators", health.moderators)
        first_day(
            FirstDayStep(
                "moderator",
                _("Name somebody who looks at comments"),
                _("Until then the moderators of the group do it for you. An appeal needs two of you, or the group."),
                "spaces_desk:roles",
                with_moderators,
                order=35,
            )
        )
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
                todo=(TodoSource(told_rows, order=20),),
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
        register_details(
            {
                "object": _("Number of the text"),
                "lane": _("Why"),
                "outcome": _("Outcome"),
                "mode": _("Rule"),
                "hours": _("Hours"),
            }
        )
        register_personal_data(PersonalData("moderation", personal.collect, personal.fates, order=65))
