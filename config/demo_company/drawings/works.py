"""Pictures of works: what burns, flows, is dug and lifted."""

import math

from config.demo_company.drawings.canvas import Canvas, Colour, wave

INK: Colour = (38, 20, 32)
LIGHT: Colour = (255, 221, 158)
HELMET: Colour = (255, 206, 92)
DUSK: tuple[Colour, ...] = ((71, 58, 102), (164, 92, 110), (239, 150, 104), (250, 205, 146))
DAWN: tuple[Colour, ...] = ((120, 150, 178), (203, 196, 190), (246, 208, 164), (250, 190, 132))
NIGHT: tuple[Colour, ...] = ((22, 26, 52), (46, 44, 82), (104, 68, 96), (196, 112, 92))
FROST: tuple[Colour, ...] = ((150, 178, 200), (204, 214, 220), (240, 222, 204), (244, 196, 160))


def worker(at: Canvas, x: float, foot: float, tall: float, coat: Colour = INK) -> None:
    """Draw somebody in a helmet, from behind; nobody in particular."""
    wide = tall * 0.2
    at.shape(
        [
            (x - wide * 0.5, foot),
            (x - wide * 0.62, foot - tall * 0.62),
            (x + wide * 0.62, foot - tall * 0.62),
            (x + wide * 0.5, foot),
        ],
        coat,
    )
    at.disc(x, foot - tall * 0.75, tall * 0.135, coat)
    r = tall * 0.15
    box = (
        x * at.wide - r * at.high,
        (foot - tall * 0.95) * at.high,
        x * at.wide + r * at.high,
        (foot - tall * 0.65) * at.high,
    )
    at.pen.pieslice(box, 180, 360, fill=(*HELMET, 255))
    at.box(x - r * 0.72, foot - tall * 0.815, r * 1.44, tall * 0.035, HELMET, r=0.004)


def refinery(at: Canvas) -> None:
    """Columns, a ball tank and a flare by the river, at dusk."""
    at.sun(0.2, 0.5, 0.06, (255, 232, 190))
    at.land(at.range(0.66, 0.16, 9), (150, 92, 112), (206, 124, 104))
    at.haze(0.66, 0.2, (250, 190, 140), 0.5)
    for x, tall, wide in (
        (0.4, 0.34, 0.022),
        (0.455, 0.46, 0.028),
        (0.52, 0.28, 0.03),
        (0.62, 0.4, 0.024),
        (0.7, 0.24, 0.034),
    ):
        at.box(x, 0.72 - tall, wide, tall, (66, 36, 56), r=0.012)
        for rung in range(1, int(tall / 0.06)):
            at.box(x - 0.006, 0.72 - rung * 0.06, wide + 0.012, 0.006, (88, 50, 68))
            at.lamp(x + wide + 0.004, 0.715 - rung * 0.06, 0.0035, LIGHT)
    at.line([(0.83, 0.72), (0.83, 0.2)], (66, 36, 56), 0.012)
    at.glow(0.832, 0.15, 0.16, (255, 190, 96), 0.8)
    at.shape([(0.824, 0.2), (0.818, 0.13), (0.836, 0.07), (0.846, 0.14), (0.838, 0.2)], (255, 214, 120))
    for x, r in ((0.28, 0.075), (0.9, 0.06)):
        at.disc(x, 0.7 - r * 0.55, r, (92, 52, 70))
        at.disc(x - 0.01, 0.7 - r * 0.8, r * 0.5, (140, 84, 88), 110)
    for y in (0.6, 0.64, 0.68):
        at.line([(0.3, y), (0.78, y)], (66, 36, 56), 0.008)
    at.mirror(0.74, (120, 66, 82), 0.42)
    at.land(wave(0.9, 0.02, 0.7, 1), (48, 26, 42), (30, 16, 28))
    worker(at, 0.12, 0.93, 0.2)


def pipeline(at: Canvas) -> None:
    """A pipeline runs through snow towards a station; steam stands above it."""
    at.sun(0.76, 0.44, 0.055, (255, 244, 226))
    at.land(at.range(0.56, 0.2, 11), (176, 186, 200), (224, 214, 208))
    at.land(wave(0.62, 0.02, 1.2, 2), (226, 222, 224), (206, 206, 216))
    for hut in range(4):
        x = 0.56 + hut * 0.05
        at.box(x, 0.575 - 0.012 * (hut % 2), 0.04, 0.06, (112, 92, 106))
        at.box(x + 0.012, 0.6, 0.012, 0.016, LIGHT)
    for puff in range(7):
        at.glow(0.6 + puff * 0.02, 0.54 - puff * 0.045, 0.05 + puff * 0.014, (255, 250, 244), 0.7)
    at.land(wave(0.68, 0.025, 0.8, 5), (238, 236, 240), (200, 204, 218))
    near, far = 0.9, 0.635
    for share in range(9):
        k = share / 9
        x, y, size = 0.08 + 0.52 * (1 - (1 - k) ** 2), near + (far - near) * (1 - (1 - k) ** 2), (1 - k) ** 2
        at.box(x, y, 0.012 * size + 0.002, 0.09 * size + 0.012, (84, 74, 92))
    at.shape([(-0.02, 0.86), (0.6, 0.628), (0.6, 0.642), (-0.02, 0.93)], (196, 84, 58))
    at.shape([(-0.02, 0.86), (0.6, 0.628), (0.6, 0.632), (-0.02, 0.88)], (238, 146, 104))
    for ring in (0.1, 0.24, 0.36):
        y = 0.855 - (ring - 0.0) * 0.375
        at.box(ring, y, 0.012 * (1 - ring), 0.075 * (1 - ring), (140, 58, 46), r=0.004)
    at.land(wave(0.95, 0.02, 1.1, 0), (250, 248, 248), (220, 222, 232))
    worker(at, 0.44, 0.9, 0.17, (176, 60, 44))
    worker(at, 0.485, 0.905, 0.16, (60, 54, 78))
    at.snow(150)


def weld(at: Canvas) -> None:
    """Sparks under a roof of pipes, and somebody who watches the fire."""
    for beam in range(5):
        at.box(0.06 + beam * 0.21, 0.0, 0.022, 1.0, (30, 28, 50))
    for y, thick, tone in ((0.12, 0.05, (62, 54, 84)), (0.22, 0.035, (84, 64, 92)), (0.3, 0.026, (58, 50, 78))):
        at.box(0, y, 1, thick, tone)
        at.box(0, y, 1, thick * 0.28, (120, 92, 112), alpha=150)
    at.land(wave(0.84, 0.004, 1), (44, 32, 50), (22, 16, 30))
    at.glow(0.44, 0.68, 0.62, (255, 176, 96), 0.75)
    at.glow(0.44, 0.68, 0.2, (255, 246, 222), 0.95)
    for _spark in range(150):
        angle, reach = at.rng.uniform(-2.9, 0.35), at.rng.uniform(0.03, 0.34)
        x, y = 0.44 + reach * 0.6 * math.cos(angle), 0.68 + reach * math.sin(angle) + reach * reach * 1.4
        at.line(
            [(x, y), (x + 0.012 * math.cos(angle), y + 0.02 * math.sin(angle) + 0.008)], (255, 226, 150), 0.0028, 220
        )
    at.box(0.4, 0.7, 0.3, 0.06, (70, 52, 66), r=0.03)
    worker(at, 0.36, 0.9, 0.36, (40, 26, 40))
    at.shape([(0.375, 0.7), (0.44, 0.675), (0.44, 0.69), (0.38, 0.73)], (40, 26, 40))
    worker(at, 0.7, 0.92, 0.38, (34, 24, 40))
    at.box(0.748, 0.78, 0.02, 0.11, (196, 54, 40), r=0.012)
    at.box(0.754, 0.765, 0.008, 0.02, (30, 20, 30))


def tanks(at: Canvas) -> None:
    """A tank with a tripod over its manhole, and two who hold the rope."""
    at.sun(0.84, 0.34, 0.05, (255, 240, 214))
    at.land(at.range(0.7, 0.14, 9), (178, 150, 146), (214, 172, 140))
    for x, wide, top in ((0.02, 0.2, 0.46), (0.76, 0.26, 0.5)):
        at.box(x, top, wide, 0.36, (148, 118, 122), r=0.02)
        at.box(x + wide * 0.08, top, wide * 0.1, 0.36, (190, 156, 148), alpha=160)
    at.land([(0.24, 0.56), (0.34, 0.5), (0.62, 0.5), (0.72, 0.56)], (206, 170, 150), (120, 84, 92))
    at.box(0.24, 0.555, 0.48, 0.4, (128, 92, 98))
    at.box(0.27, 0.555, 0.06, 0.4, (168, 128, 122), alpha=190)
    for y in (0.65, 0.75, 0.85):
        at.box(0.24, y, 0.48, 0.008, (96, 66, 78))
    at.land(wave(0.93, 0.006, 1.2), (74, 52, 60), (46, 30, 42))
    at.box(0.45, 0.485, 0.06, 0.02, (60, 40, 52), r=0.006)
    for leg in (0.4, 0.56, 0.49):
        at.line([(0.48, 0.22), (leg, 0.5)], (52, 34, 48), 0.01)
    at.disc(0.48, 0.225, 0.016, HELMET)
    at.line([(0.48, 0.23), (0.48, 0.49)], (250, 226, 170), 0.004)
    at.line([(0.48, 0.235), (0.6, 0.4)], (250, 226, 170), 0.004)
    worker(at, 0.6, 0.52, 0.26, (186, 62, 44))
    worker(at, 0.375, 0.52, 0.24, (54, 44, 66))
    at.line([(0.7, 0.56), (0.73, 0.95)], (66, 44, 56), 0.008)
    at.line([(0.72, 0.56), (0.75, 0.95)], (66, 44, 56), 0.008)
    for rung in range(8):
        at.line(
            [(0.702 + rung * 0.0038, 0.6 + rung * 0.045), (0.722 + rung * 0.0038, 0.6 + rung * 0.045)],
            (66, 44, 56),
            0.006,
        )


def tunnel(at: Canvas) -> None:
    """The last wall has come down: light from the other side, people in front of it."""
    for ring in range(13, 0, -1):
        k = ring / 13
        shade = (int(24 + 70 * (1 - k)), int(20 + 48 * (1 - k)), int(36 + 40 * (1 - k)))
        at.disc(0.5, 0.56, 1.1 * k, shade)
        at.line(
            [
                (0.5 + 1.1 * k * 0.5625 * math.cos(a), 0.56 - 1.1 * k * math.sin(a))
                for a in (i * math.pi / 24 for i in range(25))
            ],
            (98, 70, 78),
            0.006,
            90,
        )
    at.glow(0.5, 0.56, 0.62, (255, 214, 150), 0.85)
    at.disc(0.5, 0.56, 0.17, (255, 244, 222))
    for _stone in range(60):
        angle = at.rng.uniform(0, math.tau)
        x, y = 0.5 + 0.1 * math.cos(angle), 0.56 + 0.178 * math.sin(angle)
        size = at.rng.uniform(0.008, 0.024)
        at.shape([(x - size, y), (x, y - size * 1.6), (x + size, y + size * 0.6), (x, y + size * 1.5)], (84, 58, 66))
    for side in (-1, 1):
        for lamp in range(5):
            k = 1 - lamp / 6
            at.lamp(0.5 + side * 0.46 * k, 0.56 - 0.34 * k, 0.011 * k, LIGHT)
    at.shape([(0, 1), (0.42, 0.7), (0.58, 0.7), (1, 1)], (58, 42, 52))
    for side in (-1, 1):
        at.line([(0.5 + side * 0.02, 0.7), (0.5 + side * 0.2, 1)], (196, 150, 120), 0.008)
    for x, tall in ((0.4, 0.3), (0.455, 0.27), (0.545, 0.28), (0.61, 0.31)):
        worker(at, x, 0.88, tall)


def harbour(at: Canvas) -> None:
    """Cranes over the water, boxes in colours, a ship going out."""
    at.sun(0.62, 0.52, 0.07, (255, 226, 178))
    at.land(at.range(0.62, 0.1, 13), (168, 110, 116), (226, 150, 112))
    at.haze(0.62, 0.14, (252, 204, 150), 0.5)
    ship = (58, 40, 66)
    at.shape([(0.66, 0.6), (0.97, 0.6), (0.945, 0.66), (0.685, 0.66)], ship)
    at.box(0.9, 0.53, 0.035, 0.07, (238, 226, 214))
    for box in range(16):
        tone = ((196, 84, 58), (58, 110, 140), (226, 176, 92), (92, 130, 108))[box % 4]
        at.box(0.7 + (box % 8) * 0.024, 0.578 - 0.024 * (box // 8), 0.022, 0.021, tone)
    at.mirror(0.66, (126, 78, 96), 0.4)
    at.box(0, 0.84, 0.62, 0.16, (54, 36, 50))
    at.box(0, 0.84, 0.62, 0.012, (96, 66, 74))
    for x, size in ((0.36, 1.0), (0.12, 1.12)):
        _crane(at, x, 0.84, size)
    for box in range(21):
        tone = ((176, 70, 52), (48, 92, 120), (206, 156, 78), (78, 112, 94))[box * 3 % 4]
        at.box(0.03 + (box % 7) * 0.06, 0.94 - 0.05 * (box // 7), 0.056, 0.046, tone)


def _crane(at: Canvas, x: float, foot: float, size: float) -> None:
    dark = (44, 26, 44)
    for leg in (0.0, 0.13):
        at.box(x + leg * size, foot - 0.5 * size, 0.012, 0.5 * size, dark)
    at.box(x - 0.01, foot - 0.3 * size, 0.15 * size, 0.014, dark)
    at.line([(x - 0.1 * size, foot - 0.5 * size), (x + 0.46 * size, foot - 0.52 * size)], dark, 0.02)
    at.line([(x + 0.13 * size, foot - 0.5 * size), (x + 0.1 * size, foot - 0.72 * size)], dark, 0.012)
    at.line([(x + 0.1 * size, foot - 0.72 * size), (x + 0.44 * size, foot - 0.52 * size)], dark, 0.006)
    at.line([(x + 0.1 * size, foot - 0.72 * size), (x - 0.08 * size, foot - 0.51 * size)], dark, 0.006)
    hook = x + 0.3 * size
    at.box(hook - 0.016, foot - 0.505 * size, 0.034, 0.045, (232, 216, 196), r=0.006)
    at.line([(hook, foot - 0.46 * size), (hook, foot - 0.3 * size)], dark, 0.004)
    at.box(hook - 0.03, foot - 0.3 * size, 0.06, 0.046, (196, 84, 58))
    at.lamp(x + 0.1 * size, foot - 0.72 * size, 0.006, (255, 120, 90))


def solar(at: Canvas) -> None:
    """Panels on still water, reeds in front, egrets over it."""
    at.sun(0.3, 0.4, 0.055, (255, 246, 222))
    at.land(at.range(0.56, 0.12, 11), (134, 160, 168), (206, 200, 178))
    at.haze(0.56, 0.12, (255, 232, 196), 0.55)
    at.mirror(0.57, (126, 158, 164), 0.35)
    for row in range(7):
        k = row / 7
        y, high, step = 0.6 + 0.3 * k * k, 0.02 + 0.035 * k, 0.05 + 0.05 * k
        for panel in range(int(1.2 / step)):
            x = panel * step - 0.1 + 0.02 * row
            if 0.44 < x - 0.1 * (k - 0.5) < 0.52:
                continue  # the birds' way
            at.shape(
                [(x, y + high), (x + step * 0.2, y), (x + step * 0.94, y), (x + step * 0.76, y + high)], (40, 66, 108)
            )
            at.shape(
                [
                    (x + step * 0.2, y),
                    (x + step * 0.94, y),
                    (x + step * 0.9, y + high * 0.25),
                    (x + step * 0.16, y + high * 0.25),
                ],
                (138, 172, 204),
                150,
            )
    for _reed in range(70):
        x = at.rng.choice((at.rng.uniform(0, 0.3), at.rng.uniform(0.72, 1)))
        top = at.rng.uniform(0.72, 0.88)
        lean = at.rng.uniform(-0.02, 0.02)
        at.line([(x, 1), (x + lean, top)], (58, 84, 62), 0.005)
        at.disc(x + lean, top, 0.008, (142, 108, 66))
    for x, y, size in ((0.5, 0.3, 1.0), (0.57, 0.24, 0.8), (0.64, 0.33, 0.9), (0.46, 0.66, 0.7)):
        at.shape(
            [
                (x - 0.04 * size, y - 0.03 * size),
                (x, y),
                (x + 0.045 * size, y - 0.045 * size),
                (x + 0.012 * size, y + 0.016 * size),
                (x - 0.012 * size, y + 0.014 * size),
            ],
            (252, 250, 246),
        )
        at.line([(x, y + 0.01 * size), (x - 0.05 * size, y + 0.03 * size)], (60, 54, 60), 0.004)
