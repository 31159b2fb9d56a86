"""The colours of a space: readable for every hue, and on the grounds that the skin really has."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from fenjin.spaces.ramp import DARK_GROUNDS, LIGHT_GROUNDS, NAMES, contrast, ramp_of

TOKENS = Path(settings.BASE_DIR) / "frontend" / "tokens.css"


@pytest.mark.parametrize("first", range(0, 360, 60))
def test_every_pair_of_every_hue_has_enough_contrast(first):
    for hue in range(first, first + 60):
        ramp = ramp_of(hue)
        light, dark = ramp["light"], ramp["dark"]
        pairs = [
            (light["on-brand"], light["zhu-600"]),
            (light["zhu-700"], light["zhu-100"]),
            (light["zhu-600"], light["zhu-50"]),
            (dark["on-brand"], dark["zhu-600"]),
            (dark["zhu-700"], dark["zhu-100"]),
            *((light[name], ground) for name in ("zhu-600", "zhu-700") for ground in LIGHT_GROUNDS),
            *((dark[name], ground) for name in ("zhu-600", "zhu-700") for ground in DARK_GROUNDS),
        ]
        assert min(contrast(*pair) for pair in pairs) >= 4.5, hue


def test_a_ramp_is_hex_and_has_every_token_and_is_the_same_again():
    ramp = ramp_of(230)
    assert ramp == ramp_of(230) == ramp_of(230 + 360)
    for side in ("light", "dark"):
        assert set(ramp[side]) == set(NAMES)
        assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in ramp[side].values())


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)


def test_the_grounds_are_those_of_the_skin():
    blocks = TOKENS.read_text().split("html[data-theme=")
    for block, grounds in zip(blocks[:2], (LIGHT_GROUNDS, DARK_GROUNDS), strict=True):
        found = {name: re.search(rf"--{name}: (#\w+);", block)[1] for name in ("surface", "surface-2", "paper")}
        assert set(found.values()) == set(grounds)
    assert all(f"--{name}:" in blocks[0] for name in NAMES)
