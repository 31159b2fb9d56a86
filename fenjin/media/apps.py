from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "fenjin.media"
    label = "media"
