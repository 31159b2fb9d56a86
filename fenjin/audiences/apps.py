"""Who is meant: the rule language, its SQL, its plain evaluation, and live counts."""

from django.apps import AppConfig


class AudiencesConfig(AppConfig):
    name = "fenjin.audiences"
    label = "audiences"
