"""The other forms of an article, from the same source: a card to share and a poster for the notice board."""

from fenjin.kit.paper.poster import SIZES
from fenjin.kit.paper.story import Story
from fenjin.newsroom.shapes.drawn import card_of, first_sheet, poster_of
from fenjin.newsroom.shapes.story import story_of

__all__ = ["SIZES", "Story", "card_of", "first_sheet", "poster_of", "story_of"]
