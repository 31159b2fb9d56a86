"""Pages of the news on the phone."""

from fenjin.newsroom.views.articles import article, article_list
from fenjin.newsroom.views.release import name, review, reviews
from fenjin.newsroom.views.series import answer, answers, series, series_forget, series_list
from fenjin.newsroom.views.shapes import card, card_picture, poster, poster_file, poster_picture
from fenjin.newsroom.views.talk import comment_report, comment_take_back, comments, like

__all__ = [
    "answer",
    "answers",
    "article",
    "article_list",
    "card",
    "card_picture",
    "comment_report",
    "comment_take_back",
    "comments",
    "like",
    "name",
    "poster",
    "poster_file",
    "poster_picture",
    "review",
    "reviews",
    "series",
    "series_forget",
    "series_list",
]
