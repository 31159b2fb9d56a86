from django.apps import AppConfig


class AudiencesConfig(AppConfig):
    name = "fenjin.audiences"
    label = "audiences"
