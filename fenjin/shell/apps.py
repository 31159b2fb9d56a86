"""Home, inbox, search, me, the complaint door: what an employee sees first."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "fenjin.shell"
    label = "shell"
