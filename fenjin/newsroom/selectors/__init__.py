"""Reads of the newsroom."""

from fenjin.newsroom.selectors.articles import (
    LIST_FIELDS,
    PAGE,
    NotPublished,
    Page,
    editions,
    freeze,
    get_article,
    list_articles,
    list_drafts,
    list_left_behind,
    list_sendable,
    list_shared,
    may_send,
    readable_entries,
    shows_picture,
    unfinished_of_leavers,
)

__all__ = [
    "LIST_FIELDS",
    "PAGE",
    "NotPublished",
    "Page",
    "editions",
    "freeze",
    "get_article",
    "list_articles",
    "list_drafts",
    "list_left_behind",
    "list_sendable",
    "list_shared",
    "may_send",
    "readable_entries",
    "shows_picture",
    "unfinished_of_leavers",
]
