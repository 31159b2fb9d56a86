"""The tables of the newsroom."""

from fenjin.newsroom.models.article import Article, Edition, FileUse, PictureUse
from fenjin.newsroom.models.release import (
    Correction,
    Delegation,
    Release,
    ReleaseEntry,
    ReleaseRule,
    ReleaseStep,
    RuleStep,
)
from fenjin.newsroom.models.series import Answer, Column, OpenCount, Series, SeriesPart, SeriesReading, Term

__all__ = [
    "Answer",
    "Article",
    "Column",
    "Correction",
    "Delegation",
    "Edition",
    "FileUse",
    "OpenCount",
    "PictureUse",
    "Release",
    "ReleaseEntry",
    "ReleaseRule",
    "ReleaseStep",
    "RuleStep",
    "Series",
    "SeriesPart",
    "SeriesReading",
    "Term",
]
