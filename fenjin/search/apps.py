from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "fenjin.search"
    label = "search"
