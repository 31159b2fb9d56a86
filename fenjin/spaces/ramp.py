"""The colours of a space, computed from one hue: readable by construction, light and dark.

A space chooses a hue and nothing else. Lightness is moved until each pair that the skin puts together
has at least 4.5:1; the result is stored as hex. OKLCH as published by Björn Ottosson (2020), contrast
as in WCAG 2.2.
"""

import math
from collections.abc import Callable
from typing import Final

HOUSE: Final = 33  # the hue nearest to the vermilion of the house, for samples
ENOUGH: Final = 4.6  # a little above 4.5:1, since hex rounds
# The grounds of the house on which these colours stand (frontend/tokens.css; a test compares them).
LIGHT_GROUNDS: Final = ("#ffffff", "#faf8f4", "#f6f3ee")
DARK_GROUNDS: Final = ("#121110", "#1d1b19", "#24211f")
NAMES: Final = ("zhu-800", "zhu-700", "zhu-600", "zhu-100", "zhu-50", "on-brand", "dot")

Ramp = dict[str, dict[str, str]]


def ramp_of(hue: int) -> Ramp:
    """Return the tokens of a hue (0 to 359, as on the colour wheel of OKLCH): {"light": {name: hex}, "dark": …}."""
    angle = float(hue % 360)
    return {"light": _light(angle), "dark": _dark(angle)}


def _light(hue: float) -> dict[str, str]:
    soft, pale = _hex(0.935, 0.035, hue), _hex(0.97, 0.013, hue)
    brand = _darken(0.56, 0.18, hue, lambda colour: _stands_on(colour, (*LIGHT_GROUNDS, pale)))
    link = _darken(0.49, 0.15, hue, lambda colour: _stands_on(colour, (*LIGHT_GROUNDS, soft, pale), 6.0))
    return {
        "zhu-800": _hex(0.38, 0.12, hue),
        "zhu-700": link,
        "zhu-600": brand,
        "zhu-100": soft,
        "zhu-50": pale,
        "on-brand": "#ffffff",
        "dot": _hex(0.6, 0.19, hue),
    }


def _dark(hue: float) -> dict[str, str]:
    soft, pale = _hex(0.3, 0.05, hue), _hex(0.255, 0.03, hue)
    on_brand = _hex(0.17, 0.03, hue)
    brand = _lighten(0.66, 0.16, hue, lambda colour: _stands_on(colour, (*DARK_GROUNDS, on_brand)))
    link = _lighten(0.77, 0.11, hue, lambda colour: _stands_on(colour, (*DARK_GROUNDS, soft, pale), 6.0))
    return {
        "zhu-800": _hex(0.31, 0.09, hue),
        "zhu-700": link,
        "zhu-600": brand,
        "zhu-100": soft,
        "zhu-50": pale,
        "on-brand": on_brand,
        "dot": brand,
    }


def _stands_on(colour: str, grounds: tuple[str, ...], enough: float = ENOUGH) -> bool:
    return all(contrast(colour, ground) >= enough for ground in grounds)


def _darken(lightness: float, chroma: float, hue: float, good: Callable[[str], bool]) -> str:
    while not good(colour := _hex(lightness, chroma, hue)):
        lightness -= 0.01
    return colour


def _lighten(lightness: float, chroma: float, hue: float, good: Callable[[str], bool]) -> str:
    while not good(colour := _hex(lightness, chroma, hue)):
        lightness += 0.01
    return colour


def contrast(one: str, other: str) -> float:
    """Return the contrast of two hex colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * _straight(red) + 0.7152 * _straight(green) + 0.0722 * _straight(blue)


def _straight(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """Return the colour as hex; chroma is lowered until a screen can show it."""
    while True:
        channels = _channels(lightness, chroma, hue)
        if chroma <= 0 or all(-0.0005 <= channel <= 1.0005 for channel in channels):
            break
        chroma -= 0.004
    return "#" + "".join(f"{round(255 * _curved(min(1.0, max(0.0, channel)))):02x}" for channel in channels)


def _curved(value: float) -> float:
    return float(12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055)


def _channels(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Return red, green and blue, linear; outside 0 to 1 when no screen shows the colour."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
