"""Sheets of paper: a Chinese font, lines that break as Chinese does, and a PDF page drawn in millimetres."""

from fenjin.kit.paper.breaking import lines_of
from fenjin.kit.paper.sheet import INK, INK_2, PAPER, SEAL, Face, Sheet, picture_of

__all__ = ["INK", "INK_2", "PAPER", "SEAL", "Face", "Sheet", "lines_of", "picture_of"]
