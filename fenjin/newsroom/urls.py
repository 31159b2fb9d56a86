"""Addresses of the news."""

from django.urls import path

from fenjin.newsroom import views

app_name = "newsroom"
urlpatterns = [
    path("", views.article_list, name="list"),
    path("<int:pk>/", views.article, name="article"),
    path("<int:pk>/card/", views.card, name="card"),
    path("<int:pk>/card.png", views.card_picture, name="card_picture"),
    path("<int:pk>/poster/", views.poster, name="poster"),
    path("<int:pk>/poster.pdf", views.poster_file, name="poster_file"),
    path("<int:pk>/poster.png", views.poster_picture, name="poster_picture"),
]
