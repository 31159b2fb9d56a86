"""Paper and brushes of the demo's pictures. Everything is measured in shares of the width and of the height."""

import math
import random
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageOps

SIZE: Final = (1440, 810)
SCALE: Final = 1.5  # drawn larger, then made small: smooth edges
type Colour = tuple[int, int, int]
type Dots = Sequence[tuple[float, float]]


class Canvas:
    """A picture while it is drawn. All chance comes from one `Random`, so a picture is the same every time."""

    def __init__(self, seed: str, sky: Sequence[Colour]) -> None:
        self.wide, self.high = int(SIZE[0] * SCALE), int(SIZE[1] * SCALE)
        self.rng = random.Random(seed)
        self.image = _strip(tuple(sky), self.high).resize((self.wide, self.high))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def finished(self) -> Image.Image:
        """Return the picture at its size."""
        return self.image.resize(SIZE, Image.Resampling.LANCZOS)

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Return a place in dots."""
        return x * self.wide, y * self.high

    def land(self, dots: Dots, top: Colour, foot: Colour, *, down_to: float = 1.0) -> None:
        """Fill everything below a line, from its own colour at the top to that of its foot."""
        line = [self.spot(x, y) for x, y in dots]
        low = int(down_to * self.high)
        first = max(0, int(min(y for _x, y in line)))
        if low <= first:
            return
        mask = Image.new("1", (self.wide, low - first))
        shifted = [(x, y - first) for x, y in line]
        ImageDraw.Draw(mask).polygon([*shifted, (line[-1][0], low - first), (line[0][0], low - first)], fill=1)
        self.image.paste(_strip((top, foot), low - first).resize(mask.size), (0, first), mask)

    def shape(self, dots: Dots, fill: Colour, alpha: int = 255) -> None:
        """Fill a polygon."""
        self.pen.polygon([self.spot(x, y) for x, y in dots], fill=(*fill, alpha))

    def box(
        self, x: float, y: float, wide: float, high: float, fill: Colour, *, alpha: int = 255, r: float = 0
    ) -> None:
        """Fill a rectangle whose upper left corner is (x, y); `r` rounds it, in shares of the height."""
        corners = (x * self.wide, y * self.high, (x + wide) * self.wide, (y + high) * self.high)
        if r:
            self.pen.rounded_rectangle(corners, r * self.high, fill=(*fill, alpha))
        else:
            self.pen.rectangle(corners, fill=(*fill, alpha))

    def line(self, dots: Dots, fill: Colour, width: float, alpha: int = 255) -> None:
        """Draw a line; its width is a share of the height."""
        self.pen.line(
            [self.spot(x, y) for x, y in dots],
            fill=(*fill, alpha),
            width=max(1, round(width * self.high)),
            joint="curve",
        )

    def disc(self, x: float, y: float, r: float, fill: Colour, alpha: int = 255) -> None:
        """Fill a circle; its radius is a share of the height."""
        at, size = self.spot(x, y), r * self.high
        self.pen.ellipse((at[0] - size, at[1] - size, at[0] + size, at[1] + size), fill=(*fill, alpha))

    def glow(self, x: float, y: float, r: float, colour: Colour, strength: float = 0.6) -> None:
        """Let light fade out around a place."""
        size = max(2, int(2 * r * self.high))
        mask = _halo().resize((size, size)).point(lambda value: int(value * strength))
        at = self.spot(x, y)
        self.image.paste(Image.new("RGB", (size, size), colour), (int(at[0] - size / 2), int(at[1] - size / 2)), mask)

    def lamp(self, x: float, y: float, r: float, colour: Colour = (255, 224, 160)) -> None:
        """Draw a small light with its halo."""
        self.glow(x, y, r * 7, colour, 0.45)
        self.disc(x, y, r, colour)

    def sun(self, x: float, y: float, r: float, colour: Colour) -> None:
        """Draw the sun, or the moon, with the light around it."""
        self.glow(x, y, r * 4.5, colour, 0.55)
        self.disc(x, y, r, colour)

    def haze(self, y: float, deep: float, colour: Colour, strength: float = 0.5) -> None:
        """Lay a band of mist over the picture, thickest in its middle."""
        high = max(2, int(deep * self.high))
        mask = Image.new("L", (1, high))
        for row in range(high):
            mask.putpixel((0, row), int(255 * strength * math.sin(math.pi * row / high)))
        band = Image.new("RGB", (self.wide, high), colour)
        self.image.paste(band, (0, int(y * self.high) - high // 2), mask.resize(band.size))

    def stars(self, count: int, down_to: float) -> None:
        """Sow stars over the upper part."""
        for _star in range(count):
            bright = self.rng.randrange(60, 200)
            size = self.rng.uniform(0.0008, 0.002)
            self.disc(self.rng.random(), self.rng.uniform(0, down_to), size, (255, 240, 222), bright)

    def snow(self, count: int) -> None:
        """Let it snow, nearer flakes larger."""
        for _flake in range(count):
            size = self.rng.uniform(0.0015, 0.0055)
            self.disc(self.rng.random(), self.rng.random(), size, (255, 255, 255), int(60 + size * 26_000))

    def mirror(self, horizon: float, tint: Colour, strength: float = 0.5) -> None:
        """Turn everything below the horizon into water that shows what stands above it."""
        y = int(horizon * self.high)
        deep = self.high - y
        above = self.image.crop((0, max(0, y - deep), self.wide, y))
        water = ImageOps.flip(above).resize((self.wide, deep))
        water = Image.blend(water, Image.new("RGB", water.size, tint), strength)
        self.image.paste(water, (0, y))
        for _ripple in range(90):
            row = horizon + (1 - horizon) * self.rng.random() ** 1.6
            x, wide = self.rng.random(), self.rng.uniform(0.02, 0.12) * (row - horizon + 0.1) * 3
            self.line([(x, row), (x + wide, row)], (255, 236, 214), 0.0022, 46)

    def range(self, base: float, tall: float, points: int) -> Dots:
        """Return the line of a mountain range from edge to edge."""
        return [
            (i / (points - 1), base - tall * self.rng.uniform(0.2, 1.0) * (1 if i % 2 else 0.4)) for i in range(points)
        ]


def wave(base: float, tall: float, turns: float, phase: float = 0.0) -> Dots:
    """Return a soft line from edge to edge."""
    return [(i / 48, base + tall * math.sin(phase + turns * math.tau * i / 48)) for i in range(49)]


def _strip(colours: tuple[Colour, ...], high: int) -> Image.Image:
    """Return a column one dot wide that runs through the colours."""
    strip = Image.new("RGB", (1, high))
    steps = len(colours) - 1
    for y in range(high):
        at = y / max(1, high - 1) * steps
        low = min(int(at), steps - 1)
        share = at - low
        a, b = colours[low], colours[low + 1]
        strip.putpixel((0, y), tuple(round(one + (two - one) * share) for one, two in zip(a, b, strict=True)))  # type: ignore[arg-type]
    return strip


@lru_cache(maxsize=1)
def _halo() -> Image.Image:
    """Return a disc of light: white in the middle, nothing at the edge."""
    return ImageOps.invert(Image.radial_gradient("L")).point(lambda value: int(max(0, value - 74) ** 2 / 181**2 * 255))
