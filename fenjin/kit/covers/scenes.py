"""What stands in the landscape: ten kinds of work. Each scene returns SVG text over sky and mountains."""

from collections.abc import Callable
from itertools import pairwise
from math import cos, radians, sin
from random import Random

from fenjin.kit.covers.brush import WIDTH, Palette, box, crew, disc, hills, line, number, ridge, shape
from fenjin.kit.covers.works import bridge, harbour, plant, solar, train

Scene = Callable[[Random, Palette], str]


def rails(chance: Random, palette: Palette) -> str:
    """A track that runs to the horizon, and a crew beside it."""
    middle = chance.uniform(350, 560)
    parts = [ridge(chance, 300, 80, palette.mid, 4), hills(chance, 312, 16, palette.near)]
    parts.append(
        shape([(middle - 16, 292), (middle + 16, 292), (middle + 150, 400), (middle - 150, 400)], palette.dark)
    )
    for step in range(7):
        depth = (step + 0.4) / 7
        y, half = 292 + 108 * depth**1.5, 14 + 116 * depth**1.5
        parts.append(box(middle - half, y, half * 2, 1.5 + depth * 6, palette.far))
    parts.append(line(f"M{number(middle - 8)} 292L{number(middle - 92)} 400", palette.sun, 4, 0.8))
    parts.append(line(f"M{number(middle + 8)} 292L{number(middle + 92)} 400", palette.sun, 4, 0.8))
    parts.append(crew(chance, 378, palette, middle - 285, 118))
    return "".join(parts)


def _pump(x: float, foot: float, size: float, palette: Palette) -> str:
    top = foot - size * 0.62
    beam = f"M{number(x - size * 0.5)} {number(top + size * 0.1)}L{number(x + size * 0.42)} {number(top - size * 0.12)}"
    legs = f"M{number(x - size * 0.2)} {number(foot)}L{number(x)} {number(top)}L{number(x + size * 0.2)} {number(foot)}"
    head = f"M{number(x - size * 0.52)} {number(top - size * 0.06)}v{number(size * 0.3)}"
    rod = f"M{number(x - size * 0.53)} {number(top + size * 0.2)}V{number(foot)}"
    return (
        line(legs, palette.dark, size * 0.06)
        + line(beam, palette.dark, size * 0.09)
        + line(head, palette.spark, size * 0.12)
        + line(rod, palette.dark, size * 0.02)
        + disc(x + size * 0.4, foot - size * 0.2, size * 0.17, palette.dark)
        + box(x - size * 0.6, foot - 4, size * 1.25, 6, palette.dark)
    )


def rig(chance: Random, palette: Palette) -> str:
    """A drilling tower with its lamp, pumps on the plain."""
    x, foot = chance.uniform(180, 320), 344.0
    parts = [ridge(chance, 310, 50, palette.mid, 6), hills(chance, 336, 12, palette.near)]
    tower = [(x - 46, foot), (x - 11, 96), (x + 11, 96), (x + 46, foot)]
    parts.append(line("M" + "L".join(f"{number(a)} {number(b)}" for a, b in tower), palette.dark, 6))
    for step in range(6):
        low, high = foot - step * 41.3, foot - (step + 1) * 41.3
        wide, slim = 46 - step * 5.8, 46 - (step + 1) * 5.8
        parts.append(
            line(
                f"M{number(x - wide)} {number(low)}L{number(x + slim)} {number(high)}H{number(x - slim)}L{number(x + wide)} {number(low)}",
                palette.dark,
                3,
            )
        )
    parts += [
        box(x - 18, 88, 36, 10, palette.dark),
        disc(x, 82, 6, palette.spark),
        box(x - 70, foot - 22, 140, 24, palette.dark),
    ]
    parts.append(
        box(x + 78, foot - 34, 64, 36, palette.dark)
        + box(x + 92, foot - 26, 14, 10, palette.spark)
        + box(x + 114, foot - 26, 14, 10, palette.spark)
    )
    parts += [_pump(x + 250, foot + 4, 118, palette), _pump(x + 400, foot - 4, 78, palette)]
    return "".join(parts) + crew(chance, 386, palette, x - 120, 84)


def sea(chance: Random, palette: Palette) -> str:
    """A platform at sea, with its flare."""
    x = chance.uniform(230, 330)
    parts = [ridge(chance, 282, 34, palette.far, 7), box(0, 282, WIDTH, 118, palette.near)]
    for step in range(9):
        y, start = 292 + step * 12, chance.uniform(-60, 640)
        parts.append(line(f"M{number(start)} {y}h{number(chance.uniform(60, 240))}", palette.sun, 2.5, 0.35))
    for leg in (0, 92, 184, 276):
        parts.append(box(x + leg, 206, 13, 118, palette.dark))
    parts.append(
        line(f"M{number(x + 6)} 308L{number(x + 98)} 232L{number(x + 190)} 308L{number(x + 282)} 232", palette.dark, 5)
    )
    parts += [
        box(x - 34, 186, 358, 24, palette.dark),
        box(x - 10, 146, 120, 40, palette.dark),
        box(x + 130, 160, 74, 26, palette.dark),
    ]
    parts += [box(x + 4 + i * 25, 158, 12, 10, palette.spark) for i in range(4)]
    parts.append(
        line(
            f"M{number(x + 228)} 186L{number(x + 246)} 62L{number(x + 264)} 186M{number(x + 232)} 156H{number(x + 260)}M{number(x + 237)} 122H{number(x + 255)}",
            palette.dark,
            5,
        )
    )
    parts.append(line(f"M{number(x - 30)} 188L{number(x - 92)} 118", palette.dark, 5))
    parts.append(f'<path d="M{number(x - 92)} 118c-22-14-8-30-4-48 18 16 22 34 4 48z" fill="{palette.spark}"/>')
    return "".join(parts)


def _turbine(x: float, foot: float, size: float, turn: float, palette: Palette, tint: str) -> str:
    hub = foot - size
    parts = [
        shape(
            [(x - size * 0.022, foot), (x - size * 0.01, hub), (x + size * 0.01, hub), (x + size * 0.022, foot)], tint
        )
    ]
    for blade in range(3):
        angle = radians(turn + blade * 120)
        across = angle + radians(90)
        tip = (x + cos(angle) * size * 0.56, hub + sin(angle) * size * 0.56)
        bulge = (
            x + cos(angle) * size * 0.14 + cos(across) * size * 0.03,
            hub + sin(angle) * size * 0.14 + sin(across) * size * 0.03,
        )
        parts.append(shape([(x, hub), bulge, tip], tint))
    return "".join(parts) + disc(x, hub, size * 0.028, palette.spark)


def wind(chance: Random, palette: Palette) -> str:
    """Turbines on soft hills."""
    parts = [ridge(chance, 300, 60, palette.mid, 5)]
    for x, size in ((130, 130), (330, 150), (640, 120)):
        parts.append(_turbine(x + chance.uniform(-40, 40), 322, size, chance.uniform(0, 120), palette, palette.near))
    parts.append(hills(chance, 326, 34, palette.near))
    parts.append(_turbine(chance.uniform(470, 560), 360, 268, chance.uniform(0, 120), palette, palette.sun))
    parts.append(hills(chance, 368, 22, palette.dark))
    return "".join(parts) + crew(chance, 384, palette, chance.uniform(140, 300), 80)


def _pylon(x: float, foot: float, size: float, ink: str) -> str:
    arm = size * 0.26
    top = foot - size
    parts = [
        line(
            f"M{number(x - size * 0.17)} {number(foot)}L{number(x)} {number(top)}L{number(x + size * 0.17)} {number(foot)}",
            ink,
            size * 0.022,
        )
    ]
    for level in (0.12, 0.26, 0.4):
        parts.append(line(f"M{number(x - arm)} {number(top + size * level)}H{number(x + arm)}", ink, size * 0.022))
    zigzag = f"M{number(x - size * 0.17)} {number(foot)}L{number(x + size * 0.11)} {number(foot - size * 0.32)}L{number(x - size * 0.07)} {number(foot - size * 0.56)}"
    return "".join(parts) + line(zigzag, ink, size * 0.014)


def pylons(chance: Random, palette: Palette) -> str:
    """A power line over the mountains."""
    parts = [ridge(chance, 310, 96, palette.mid, 4), hills(chance, 348, 26, palette.near)]
    stands = [(-40.0, 372.0, 300.0), (300.0, 360.0, 236.0), (560.0, 346.0, 172.0), (740.0, 336.0, 120.0)]
    for (x, foot, size), (x2, foot2, size2) in pairwise(stands):
        for level in (0.12, 0.26, 0.4):
            for side in (-0.26, 0.26):
                y, y2 = foot - size * (1 - level), foot2 - size2 * (1 - level)
                a, b = x + size * side, x2 + size2 * side
                parts.append(
                    line(
                        f"M{number(a)} {number(y)}Q{number((a + b) / 2)} {number(max(y, y2) + 26)} {number(b)} {number(y2)}",
                        palette.dark,
                        1.8,
                        0.85,
                    )
                )
    parts += [_pylon(x, foot, size, palette.dark) for x, foot, size in stands]
    return (
        "".join(parts) + hills(chance, 384, 12, palette.dark) + crew(chance, 388, palette, chance.uniform(420, 560), 92)
    )


SCENES: tuple[Scene, ...] = (rails, rig, sea, wind, pylons, bridge, plant, harbour, solar, train)

__all__ = ["SCENES", "Scene"]
