"""Addresses of the news."""

from django.urls import path

from fenjin.newsroom import views

app_name = "newsroom"
urlpatterns = [
    path("", views.article_list, name="list"),
    path("series/", views.series_list, name="series_list"),
    path("series/<int:pk>/", views.series, name="series"),
    path("series/<int:pk>/forget/", views.series_forget, name="series_forget"),
    path("answers/", views.answers, name="answers"),
    path("answers/<int:pk>/", views.answer, name="answer"),
    path("to-judge/", views.reviews, name="reviews"),
    path("to-judge/<uuid:uid>/", views.review, name="review"),
    path("in-my-name/<uuid:uid>/", views.name, name="name"),
    path("<int:pk>/", views.article, name="article"),
    path("<int:pk>/like/", views.like, name="like"),
    path("<int:pk>/comments/", views.comments, name="comments"),
    path("<int:pk>/comments/<int:comment_id>/take-back/", views.comment_take_back, name="comment_take_back"),
    path("<int:pk>/comments/<int:comment_id>/report/", views.comment_report, name="comment_report"),
    path("<int:pk>/card/", views.card, name="card"),
    path("<int:pk>/card.png", views.card_picture, name="card_picture"),
    path("<int:pk>/poster/", views.poster, name="poster"),
    path("<int:pk>/poster.pdf", views.poster_file, name="poster_file"),
    path("<int:pk>/poster.png", views.poster_picture, name="poster_picture"),
]
