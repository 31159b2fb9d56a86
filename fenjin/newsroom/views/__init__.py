"""Pages of the news on the phone."""

from fenjin.newsroom.views.articles import article, article_list
from fenjin.newsroom.views.shapes import card, card_picture, poster, poster_file, poster_picture

__all__ = ["article", "article_list", "card", "card_picture", "poster", "poster_file", "poster_picture"]
