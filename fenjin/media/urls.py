"""Addresses of pictures and files."""

from django.urls import path

from fenjin.media import views

app_name = "media"
urlpatterns = [
    path("file/<str:key>.<slug:form>", views.file, name="file"),
    path("<str:key>/<int:width>.webp", views.picture, name="picture"),
    path("<str:key>/<slug:cut>-<int:width>.webp", views.cut, name="cut"),
]
