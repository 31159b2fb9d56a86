"""Addresses of what authors are told about their own texts."""

from django.urls import path

from fenjin.moderation import views

app_name = "moderation"
urlpatterns = [
    path("", views.own_cases, name="own_cases"),
    path("<int:case_id>/", views.own_case, name="own_case"),
]
