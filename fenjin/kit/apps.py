"""The ground floor: no domain words, no tables."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "fenjin.kit"
    label = "kit"
