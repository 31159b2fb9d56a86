"""Accounts, persons, posts, the organisation tree and its history."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fenjin.people"
    label = "people"
