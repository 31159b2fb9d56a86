"""The tables of the newsroom."""

from fenjin.newsroom.models.article import Article, Edition, PictureUse
from fenjin.newsroom.models.release import (
    Correction,
    Delegation,
    Release,
    ReleaseEntry,
    ReleaseRule,
    ReleaseStep,
    RuleStep,
)

__all__ = [
    "Article",
    "Correction",
    "Delegation",
    "Edition",
    "PictureUse",
    "Release",
    "ReleaseEntry",
    "ReleaseRule",
    "ReleaseStep",
    "RuleStep",
]
