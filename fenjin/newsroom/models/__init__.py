"""The tables of the newsroom."""

from fenjin.newsroom.models.article import Article, Edition, FileUse, PictureUse
from fenjin.newsroom.models.put_away import PutAway
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
from fenjin.newsroom.models.talk import Comment, Like, Tally

__all__ = [
    "Answer",
    "Article",
    "Column",
    "Comment",
    "Correction",
    "Delegation",
    "Edition",
    "FileUse",
    "Like",
    "OpenCount",
    "PictureUse",
    "PutAway",
    "Release",
    "ReleaseEntry",
    "ReleaseRule",
    "ReleaseStep",
    "RuleStep",
    "Series",
    "SeriesPart",
    "SeriesReading",
    "Tally",
    "Term",
]
