"""Home, inbox, search, me, the complaint door: what an employee sees first."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenjin.audit.register import register_acts, register_kind


class ShellConfig(AppConfig):
    name = "fenjin.shell"
    label = "shell"

    def ready(self) -> None:
        from fenjin.people.register import PersonalData, Retention, register_personal_data, register_retention
        from fenjin.shell import personal
        from fenjin.shell.todo import answered_rows
        from fenjin.spaces.register import Module, TodoSource, register_module

        register_module(
            Module(
                key="complaints",
                name=_("Complaints and suggestions"),
                always=True,
                todo=(TodoSource(answered_rows, order=21),),
            )
        )
        register_acts({"shell.complaint_answer": _("Complaint answered")})
        register_kind("complaint", _("Complaint"))
        register_personal_data(PersonalData("shell", personal.collect, personal.fates, order=70))
        register_retention(
            Retention(
                key=personal.RETENTION,
                name=_("Answered complaints and suggestions"),
                default=1095,
                floor=365,
                ceiling=3650,
                reason=_("Long enough to prove that they were answered."),
                due=personal.due,
                purge=personal.purge,
                order=60,
            )
        )
