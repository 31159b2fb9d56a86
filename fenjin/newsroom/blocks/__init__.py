"""The parts a body is made of, and what a stored body says."""

from fenjin.newsroom.blocks.parts import Body, BodyField, TextBlock
from fenjin.newsroom.blocks.reading import (
    cells_of,
    file_ids,
    lines_of,
    picture_ids,
    picture_values,
    pictures_in,
    words_of,
)

__all__ = [
    "Body",
    "BodyField",
    "TextBlock",
    "cells_of",
    "file_ids",
    "lines_of",
    "picture_ids",
    "picture_values",
    "pictures_in",
    "words_of",
]
