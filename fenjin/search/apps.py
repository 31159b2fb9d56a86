"""Finding what one may read. People are never found here."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "fenjin.search"
    label = "search"
