from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "fenjin.shell"
    label = "shell"
