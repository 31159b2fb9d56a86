"""Addresses that stand before Wagtail's own of the same path."""

from django.urls import path

from fenjin.spaces.desk import start

app_name = "spaces"
urlpatterns = [
    path("account/", start.account, name="account"),
    path("jsi18n/", start.script_words, name="script_words"),
]
