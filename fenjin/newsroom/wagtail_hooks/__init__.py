"""Editors' screens of the news."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.search import SearchArea

from fenjin.newsroom.wagtail_hooks import desks  # noqa: F401 - signs its hooks
from fenjin.newsroom.wagtail_hooks.articles import ArticleViewSet
from fenjin.newsroom.wagtail_hooks.home import NewsPanel

article_views = ArticleViewSet()


@hooks.register("register_admin_viewset")
def register_viewset() -> Any:
    """Bring the articles into the studio."""
    return article_views


class ArticleSearch(SearchArea):
    """The search field of the studio's menu: it looks among the articles, not among Wagtail's pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the one who asks edits articles."""
        return bool(request.user.has_perm("newsroom.change_article"))


@hooks.register("register_admin_search_area")
def register_search() -> SearchArea:
    """Come before the area of pictures, which leads to a place that is closed."""
    return ArticleSearch(_("Articles"), reverse("articles:list"), name="articles", icon_name="doc-full", order=1)


@hooks.register("construct_homepage_panels", order=100)
def add_news_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Put the editor's own work on the studio's first page."""
    if request.user.has_perm("newsroom.add_article"):
        panels.append(NewsPanel())
