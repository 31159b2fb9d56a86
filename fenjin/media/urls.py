"""Addresses of pictures."""

from django.urls import path

from fenjin.media import views

app_name = "media"
urlpatterns = [
    path("<str:key>/<int:width>.webp", views.picture, name="picture"),
    path("<str:key>/<slug:cut>-<int:width>.webp", views.cut, name="cut"),
]
