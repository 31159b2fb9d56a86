"""Puts a cover together: sky, light, mountains, then one scene."""

from functools import lru_cache
from hashlib import sha256
from random import Random

from fenjin.kit.covers.brush import HEIGHT, PALETTES, WIDTH, Palette, disc, ridge
from fenjin.kit.covers.scenes import SCENES


def _sky(palette: Palette) -> str:
    top, middle, low = palette.sky
    return (
        '<defs><linearGradient id="s" x2="0" y2="1">'
        f'<stop stop-color="{top}"/><stop offset=".5" stop-color="{middle}"/><stop offset=".8" stop-color="{low}"/>'
        f'</linearGradient></defs><path fill="url(#s)" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>'
    )


def _clouds(chance: Random, palette: Palette) -> str:
    bands = []
    for _ in range(chance.choice((0, 1, 2, 3))):
        x, y, wide = chance.uniform(-60, 600), chance.uniform(40, 150), chance.uniform(120, 260)
        bands.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" height="10" rx="5" fill="{palette.sun}" opacity=".4"/>'
            f'<rect x="{x + wide * 0.3:.0f}" y="{y + 15:.0f}" width="{wide * 0.55:.0f}" height="7" rx="3.5"'
            f' fill="{palette.sun}" opacity=".28"/>'
        )
    return "".join(bands)


@lru_cache(maxsize=256)
def cover_svg(seed: str) -> str:
    """Return an 800 × 400 picture as SVG text; the same seed always gives the same picture."""
    digest = sha256(seed.encode()).digest()
    palette, scene = PALETTES[digest[0] % len(PALETTES)], SCENES[digest[1] % len(SCENES)]
    # Chance that repeats: the picture is drawn from its seed, nothing secret hangs on it.
    chance = Random(seed)  # noqa: S311
    x, y = chance.uniform(120, 680), chance.uniform(90, 170)
    light = disc(x, y, 74, palette.sun, 0.18) + disc(x, y, chance.uniform(40, 56), palette.sun)
    drawn = _sky(palette) + light + _clouds(chance, palette) + ridge(chance, 300, 150, palette.far, 3)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{drawn}{scene(chance, palette)}</svg>'
    )
