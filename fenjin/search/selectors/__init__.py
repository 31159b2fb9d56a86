"""Reads of the index, for one person."""

from fenjin.search.selectors.finding import PAGE, Found, Results, Wish, excerpt, kinds, search
from fenjin.search.selectors.meaning import meant

__all__ = ["PAGE", "Found", "Results", "Wish", "excerpt", "kinds", "meant", "search"]
