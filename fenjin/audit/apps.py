"""Who did what to which."""

from django.apps import AppConfig

from fenjin.audit.register import register_acts, register_details, register_kind
from fenjin.audit.words import ACTS, BACKUP, DETAILS, DOORS, LOG


class AuditConfig(AppConfig):
    name = "fenjin.audit"
    label = "audit"

    def ready(self) -> None:
        from fenjin.audit import health
        from fenjin.kit import doctor

        register_kind("log", LOG)
        register_kind("backup", BACKUP)
        register_acts(ACTS)
        register_acts(DOORS)
        register_details(DETAILS)
        doctor.register("audit chain", health.chain)
        doctor.register("security log", health.security_log)
