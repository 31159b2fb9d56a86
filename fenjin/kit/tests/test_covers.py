"""Drawn covers: the same for the same seed, well-formed, small, and nothing of the seed in them."""

from defusedxml import ElementTree

from fenjin.kit.covers import cover_data_uri, cover_svg
from fenjin.kit.covers.brush import PALETTES
from fenjin.kit.covers.scenes import SCENES


def test_a_seed_always_draws_the_same_picture():
    assert cover_svg("article-7") == cover_svg("article-7")
    assert cover_svg("article-7") != cover_svg("article-8")


def test_all_scenes_and_palettes_come_up():
    drawn = {cover_svg(f"article-{number}") for number in range(300)}
    assert len(drawn) == 300
    assert len(SCENES) == len(PALETTES) == 10


def test_a_picture_is_well_formed_and_small():
    for number in range(60):
        text = cover_svg(f"article-{number}")
        root = ElementTree.fromstring(text)
        assert root.attrib["viewBox"] == "0 0 800 400"
        assert len(text) < 20_000


def test_a_seed_cannot_bring_markup():
    assert "script" not in cover_svg('"><script>')
    assert cover_data_uri("x").startswith("data:image/svg+xml;base64,")
