"""Texts written elsewhere, taken in as parts of a body: Word documents, and pages copied from WeChat."""

from fenjin.newsroom.imports.pieces import Image, Manuscript, NotReadable, Piece, TooLarge
from fenjin.newsroom.imports.web import read_page
from fenjin.newsroom.imports.word import read_word

__all__ = ["Image", "Manuscript", "NotReadable", "Piece", "TooLarge", "read_page", "read_word"]
