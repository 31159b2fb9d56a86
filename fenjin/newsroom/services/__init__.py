"""Writes of the newsroom: an article is published, withdrawn, removed; it is released step by step."""

from fenjin.newsroom.services.publishing import (
    ForeignFile,
    ForeignPicture,
    WasPublished,
    after_publishing,
    after_withdrawing,
    delete_article,
    index_article,
    pass_on_drafts,
    publish_article,
    raise_editions,
    reindex_articles,
    renew_pages_with,
    withdraw_article,
)

__all__ = [
    "ForeignFile",
    "ForeignPicture",
    "WasPublished",
    "after_publishing",
    "after_withdrawing",
    "delete_article",
    "index_article",
    "pass_on_drafts",
    "publish_article",
    "raise_editions",
    "reindex_articles",
    "renew_pages_with",
    "withdraw_article",
]
