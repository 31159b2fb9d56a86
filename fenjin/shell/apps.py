"""Home, inbox, search, me, the complaint door: what an employee sees first."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenjin.audit.register import register_acts, register_kind


class ShellConfig(AppConfig):
    name = "fenjin.shell"
    label = "shell"

    def ready(self) -> None:
        register_acts({"shell.complaint_answer": _("Complaint answered")})
        register_kind("complaint", _("Complaint"))
