"""The first three pictures: rails, turbines, a rig."""

import math
import random
from collections.abc import Callable, Iterator

from PIL import Image, ImageDraw

SIZE = (1440, 810)
SCALE = 2  # drawn twice as large, then made small: smooth edges
type Colour = tuple[int, int, int]
type Dots = list[tuple[float, float]]

_DUSK: tuple[Colour, ...] = ((246, 199, 140), (239, 140, 98), (176, 78, 74))
_COLD: tuple[Colour, ...] = ((206, 224, 230), (242, 205, 170), (214, 128, 104))
_NIGHT: tuple[Colour, ...] = ((36, 34, 58), (104, 58, 84), (232, 132, 88))


def draw(name: str) -> Image.Image:
    """Return one picture; raises KeyError for a name that is not drawn here."""
    sky, draw = _PICTURES[name]
    rng = random.Random(name)
    wide, high = SIZE[0] * SCALE, SIZE[1] * SCALE
    image = _sky(sky, wide, high)
    draw(ImageDraw.Draw(image, "RGBA"), wide, high, rng)
    return image.resize(SIZE, Image.Resampling.LANCZOS)


def _sky(colours: tuple[Colour, ...], wide: int, high: int) -> Image.Image:
    strip = Image.new("RGB", (1, 256))
    steps = len(colours) - 1
    for y in range(256):
        at = y / 255 * steps
        low = min(int(at), steps - 1)
        share = at - low
        mixed = [round(a + (b - a) * share) for a, b in zip(colours[low], colours[low + 1], strict=True)]
        strip.putpixel((0, y), (mixed[0], mixed[1], mixed[2]))
    return strip.resize((wide, high), Image.Resampling.BICUBIC)


def _sun(pen: ImageDraw.ImageDraw, x: float, y: float, r: float, colour: tuple[int, ...]) -> None:
    for ring in range(6, 0, -1):
        grown = r * (1 + ring * 0.22)
        pen.ellipse((x - grown, y - grown, x + grown, y + grown), fill=(*colour[:3], 14))
    pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)


def _ridge(wide: int, base: float, tall: float, rng: random.Random, points: int = 9) -> Dots:
    """Return the line of a mountain range from left to right."""
    return [
        (wide * i / (points - 1), base - tall * rng.uniform(0.15, 1.0) * (1 if i % 2 else 0.45)) for i in range(points)
    ]


def _hill(pen: ImageDraw.ImageDraw, dots: Dots, high: int, colour: tuple[int, ...]) -> None:
    pen.polygon([*dots, (dots[-1][0], high), (dots[0][0], high)], fill=colour)


def _wave(wide: int, base: float, tall: float, turns: float, phase: float) -> Dots:
    return [(x, base + tall * math.sin(phase + turns * math.tau * x / wide)) for x in _steps(wide)]


def _steps(wide: int) -> Iterator[int]:
    return iter(range(0, wide + 41, 40))


def _rails(pen: ImageDraw.ImageDraw, wide: int, high: int, rng: random.Random) -> None:
    _sun(pen, wide * 0.72, high * 0.36, high * 0.1, (255, 233, 196, 255))
    _hill(pen, _ridge(wide, high * 0.62, high * 0.26, rng), high, (196, 104, 88, 255))
    _hill(pen, _ridge(wide, high * 0.7, high * 0.18, rng, 7), high, (146, 68, 72, 255))
    _hill(pen, _wave(wide, high * 0.74, high * 0.015, 1.5, 1), high, (74, 34, 48, 255))
    end, left, right = (wide * 0.46, high * 0.74), wide * 0.16, wide * 0.72
    pen.polygon([(end[0] - 14, end[1]), (end[0] + 14, end[1]), (right, high), (left, high)], fill=(52, 24, 36, 255))
    for row in range(1, 14):
        at = (row / 13) ** 2.1
        y = end[1] + (high - end[1]) * at
        x0, x1 = end[0] + (left - end[0]) * at, end[0] + (right - end[0]) * at
        pen.line((x0 - 20 * at, y, x1 + 20 * at, y), fill=(214, 150, 110, 255), width=max(3, round(26 * at)))
    for side in (left + (right - left) * 0.12, right - (right - left) * 0.12):
        pen.line((end[0], end[1], side, high), fill=(248, 206, 160, 255), width=14)
    _masts(pen, wide, high)


def _masts(pen: ImageDraw.ImageDraw, wide: int, high: int) -> None:
    """Draw the masts beside a railway, smaller with distance, and their wire."""
    wires: Dots = []
    for step, size in enumerate((1.0, 0.62, 0.4, 0.26)):
        x, foot = wide * (0.88 - 0.105 * step - 0.02 * step * step), high * (0.93 - 0.058 * step)
        top = foot - high * 0.5 * size
        pen.line((x, foot, x, top), fill=(44, 20, 30, 255), width=max(4, round(22 * size)))
        pen.line(
            (x, top + 30 * size, x - 190 * size, top + 12 * size),
            fill=(44, 20, 30, 255),
            width=max(3, round(12 * size)),
        )
        wires.append((x - 180 * size, top + 14 * size))
    pen.line([(wide, high * 0.3), *wires], fill=(44, 20, 30, 160), width=4)


def _wind(pen: ImageDraw.ImageDraw, wide: int, high: int, rng: random.Random) -> None:
    _sun(pen, wide * 0.24, high * 0.42, high * 0.085, (255, 244, 224, 255))
    _hill(pen, _ridge(wide, high * 0.66, high * 0.2, rng, 11), high, (170, 150, 160, 255))
    _hill(pen, _ridge(wide, high * 0.76, high * 0.16, rng, 9), high, (122, 98, 118, 255))
    for x, y, size in ((0.2, 0.82, 0.5), (0.36, 0.82, 0.66), (0.53, 0.83, 0.84), (0.74, 0.86, 1.2), (0.9, 0.84, 0.66)):
        _turbine(pen, wide * x, high * y, high * 0.4 * size, rng.uniform(0, math.tau / 3))
    _hill(pen, _wave(wide, high * 0.84, high * 0.03, 1.2, 2), high, (66, 50, 70, 255))
    _hill(pen, _wave(wide, high * 0.93, high * 0.02, 2.1, 0.4), high, (44, 32, 50, 255))
    for _flake in range(90):
        x, y, r = rng.uniform(0, wide), rng.uniform(0, high), rng.uniform(3, 9)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(255, 255, 255, 150))


def _turbine(pen: ImageDraw.ImageDraw, x: float, foot: float, tall: float, turn: float) -> None:
    white = (250, 246, 240, 255)
    top = foot - tall
    pen.polygon(
        [(x - tall * 0.022, foot + 80), (x + tall * 0.022, foot + 80), (x + tall * 0.01, top), (x - tall * 0.01, top)],
        fill=white,
    )
    for blade in range(3):
        angle = turn + blade * math.tau / 3
        reach = tall * 0.52
        tip = (x + reach * math.sin(angle), top - reach * math.cos(angle))
        side = (math.cos(angle) * tall * 0.022, math.sin(angle) * tall * 0.022)
        hub = (x + reach * 0.2 * math.sin(angle), top - reach * 0.2 * math.cos(angle))
        pen.polygon(
            [(x, top), (hub[0] + side[0], hub[1] + side[1]), tip, (hub[0] - side[0], hub[1] - side[1])], fill=white
        )
    pen.ellipse((x - tall * 0.026, top - tall * 0.026, x + tall * 0.026, top + tall * 0.026), fill=white)


def _rig(pen: ImageDraw.ImageDraw, wide: int, high: int, rng: random.Random) -> None:
    for _star in range(120):
        x, y, r = rng.uniform(0, wide), rng.uniform(0, high * 0.5), rng.uniform(2, 5)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(255, 240, 220, rng.randrange(60, 190)))
    _sun(pen, wide * 0.3, high * 0.66, high * 0.075, (255, 214, 160, 255))
    _hill(pen, _wave(wide, high * 0.72, high * 0.035, 1.1, 0.3), high, (148, 82, 78, 255))
    _hill(pen, _wave(wide, high * 0.79, high * 0.03, 1.6, 2.2), high, (104, 52, 62, 255))
    _derrick(pen, wide * 0.66, high * 0.86, high * 0.62)
    _hill(pen, _wave(wide, high * 0.87, high * 0.022, 0.8, 4), high, (48, 24, 36, 255))
    for hut in range(4):
        x = wide * (0.14 + 0.085 * hut)
        pen.rounded_rectangle((x, high * 0.82, x + wide * 0.07, high * 0.885), 10, fill=(60, 30, 42, 255))
        pen.rectangle((x + wide * 0.012, high * 0.84, x + wide * 0.03, high * 0.862), fill=(255, 214, 140, 255))


def _derrick(pen: ImageDraw.ImageDraw, x: float, foot: float, tall: float) -> None:
    dark, light = (36, 16, 26, 255), (255, 206, 120, 255)
    half = tall * 0.17
    pen.line((x - half, foot, x - half * 0.22, foot - tall), fill=dark, width=20)
    pen.line((x + half, foot, x + half * 0.22, foot - tall), fill=dark, width=20)
    floors = 8
    for floor in range(floors):
        y0, y1 = foot - tall * floor / floors, foot - tall * (floor + 1) / floors
        w0, w1 = half * (1 - 0.78 * floor / floors), half * (1 - 0.78 * (floor + 1) / floors)
        pen.line((x - w0, y0, x + w1, y1), fill=dark, width=9)
        pen.line((x + w0, y0, x - w1, y1), fill=dark, width=9)
        pen.line((x - w1, y1, x + w1, y1), fill=dark, width=11)
        for side in (-1, 1):
            pen.ellipse((x + side * w1 - 11, y1 - 11, x + side * w1 + 11, y1 + 11), fill=light)
    pen.rectangle((x - half * 0.34, foot - tall - 40, x + half * 0.34, foot - tall), fill=dark)
    pen.rectangle((x - half * 1.3, foot - tall * 0.12, x + half * 1.3, foot), fill=dark)


type Pen = Callable[[ImageDraw.ImageDraw, int, int, random.Random], None]
_PICTURES: dict[str, tuple[tuple[Colour, ...], Pen]] = {
    "rails": (_DUSK, _rails),
    "wind": (_COLD, _wind),
    "rig": (_NIGHT, _rig),
}
DESCRIPTIONS = {
    "rails": "傍晚的铁路伸向远山，路旁立着电杆",
    "wind": "雪中的山脊上立着五台风机",
    "rig": "沙漠夜色里亮着灯的井架和几间营房",
}
