"""Who did what to which."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenjin.audit.register import register_acts, register_kind


class AuditConfig(AppConfig):
    name = "fenjin.audit"
    label = "audit"

    def ready(self) -> None:
        register_kind("log", _("Audit log"))
        register_acts({"audit.verify": _("Chain of the log verified"), "audit.export": _("Log exported")})
