"""Editors' screens of the news."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from fenjin.newsroom.wagtail_hooks.articles import ArticleViewSet
from fenjin.newsroom.wagtail_hooks.home import NewsPanel

article_views = ArticleViewSet()


@hooks.register("register_admin_viewset")
def register_viewset() -> Any:
    """Bring the articles into the studio."""
    return article_views


@hooks.register("construct_homepage_panels", order=100)
def add_news_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Put the editor's own work on the studio's first page."""
    if request.user.has_perm("newsroom.add_article"):
        panels.append(NewsPanel())
