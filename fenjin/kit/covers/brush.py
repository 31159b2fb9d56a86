"""Shapes of the drawn covers, as SVG text. All colours come from a palette; all chance from one `Random`."""

from dataclasses import dataclass
from random import Random

WIDTH, HEIGHT = 800, 400
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Palette:
    """Sky from top to horizon, light, three depths of land, the silhouettes, the helmets."""

    sky: tuple[str, str, str]
    sun: str
    far: str
    mid: str
    near: str
    dark: str
    spark: str


PALETTES = (
    Palette(("#f7cd8f", "#f29b6b", "#e8735a"), "#ffedc8", "#bd6257", "#8a3d43", "#6d2a36", "#2a1220", "#ffd066"),
    Palette(("#fbdcc4", "#f5ae9c", "#e08088"), "#fff1d6", "#b96b80", "#8a4a6a", "#5a2f52", "#2a1530", "#ffc85c"),
    Palette(("#22386a", "#56719f", "#eba67e"), "#ffe6b8", "#55669a", "#3a4a7a", "#26335a", "#111a34", "#ffcf6b"),
    Palette(("#d5ece2", "#add9cd", "#f3d3a2"), "#fff6dc", "#84b7ab", "#4a8b85", "#245e60", "#0f3236", "#ffbe4d"),
    Palette(("#ffe4ab", "#f8bb63", "#ec8f49"), "#fff3cf", "#cd7d44", "#9c5430", "#673324", "#331812", "#fff0b8"),
    Palette(("#3b3068", "#8d5d93", "#f1a488"), "#ffe9c9", "#80558a", "#5a3d6d", "#3b2a58", "#1b1434", "#ffd27a"),
    Palette(("#e3ecf4", "#c9d8e6", "#f4d2b9"), "#fff8ea", "#adbfd1", "#7b94ad", "#486480", "#1f3348", "#f2b13c"),
    Palette(("#f5e5b8", "#f1c17e", "#e5a064"), "#fff2cf", "#ada35c", "#728245", "#4a5f33", "#24351e", "#fff0c2"),
    Palette(("#14323d", "#2f6670", "#e9b27c"), "#ffe9bd", "#3d7178", "#28555d", "#173c45", "#0a2028", "#ffc65a"),
    Palette(("#f9d6b2", "#ee9a7c", "#c95f5f"), "#ffe7c0", "#a04c58", "#74364c", "#4d243d", "#250f24", "#ffd98a"),
)


def number(value: float) -> str:
    """Write a coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def shape(points: Points, fill: str, opacity: float = 1) -> str:
    """Return a filled polygon."""
    dots = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    faint = f' opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<polygon points="{dots}" fill="{fill}"{faint}/>'


def box(x: float, y: float, width: float, height: float, fill: str, *, round_: float = 0) -> str:
    """Return a filled rectangle."""
    corner = f' rx="{number(round_)}"' if round_ else ""
    size = f'width="{number(width)}" height="{number(height)}"'
    return f'<rect x="{number(x)}" y="{number(y)}" {size} fill="{fill}"{corner}/>'


def disc(x: float, y: float, radius: float, fill: str, opacity: float = 1) -> str:
    """Return a filled circle."""
    faint = f' opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"{faint}/>'


def line(path: str, stroke: str, width: float, opacity: float = 1) -> str:
    """Return a stroked path."""
    faint = f' opacity="{opacity:g}"' if opacity < 1 else ""
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{number(width)}" {ends}{faint}/>'


def ridge(chance: Random, base: float, height: float, fill: str, steps: int = 5) -> str:
    """Return mountains from edge to edge whose feet are at the bottom of the picture."""
    points: Points = [(0, HEIGHT), (0, base - chance.uniform(0.1, 0.5) * height)]
    stride = WIDTH / steps
    for step in range(steps):
        top = base - chance.uniform(0.55, 1) * height
        points.append((stride * (step + chance.uniform(0.3, 0.6)), top))
        points.append((stride * (step + 1), base - chance.uniform(0, 0.3) * height))
    return shape([*points, (WIDTH, HEIGHT)], fill)


def hills(chance: Random, base: float, height: float, fill: str) -> str:
    """Return soft hills from edge to edge."""
    left, middle, right = (base - chance.uniform(0, 1) * height for _ in range(3))
    curve = (
        f"M0 {number(left)}C130 {number(left - height)} 260 {number(middle + height * 0.6)} 400 {number(middle)}"
        f"S660 {number(right - height)} 800 {number(right)}V{HEIGHT}H0z"
    )
    return f'<path d="{curve}" fill="{fill}"/>'


def worker(x: float, foot: float, size: float, palette: Palette) -> str:
    """Return a figure with a helmet, standing on `foot`."""
    head = foot - size * 0.78
    coat = shape(
        [
            (x - size * 0.19, foot - size * 0.6),
            (x + size * 0.19, foot - size * 0.6),
            (x + size * 0.26, foot),
            (x - size * 0.26, foot),
        ],
        palette.dark,
    )
    radius = size * 0.15
    brim = box(x - radius * 1.25, head - radius * 0.12, radius * 2.5, radius * 0.3, palette.spark, round_=radius * 0.15)
    cap = (
        f'<path d="M{number(x - radius)} {number(head)}a{number(radius)} {number(radius)} 0 0 1 '
        f'{number(radius * 2)} 0z" fill="{palette.spark}"/>'
    )
    return coat + disc(x, head, radius, palette.dark) + cap + brim


def crew(chance: Random, foot: float, palette: Palette, x: float | None = None, size: float = 96) -> str:
    """Return one to three workers side by side."""
    start = x if x is not None else chance.uniform(120, 620)
    many = chance.choice((1, 2, 2, 3))
    return "".join(
        worker(start + index * size * 0.46, foot - (index % 2) * 4, size * (1 - 0.12 * (index % 2)), palette)
        for index in range(many)
    )
