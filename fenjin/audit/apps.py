"""Who did what to which."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "fenjin.audit"
    label = "audit"
