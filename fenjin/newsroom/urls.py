"""Addresses of the news."""

from django.urls import path

from fenjin.newsroom import views

app_name = "newsroom"
urlpatterns = [
    path("", views.article_list, name="list"),
    path("<int:pk>/", views.article, name="article"),
]
