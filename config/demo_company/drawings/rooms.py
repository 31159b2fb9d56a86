"""Pictures of rooms: where people watch, count, cook, try and mend."""

import math

from config.demo_company.drawings.canvas import Canvas, Colour, wave
from config.demo_company.drawings.works import INK, LIGHT, worker


def cabin(at: Canvas) -> None:
    """A cabin at a well site on a winter night: its door stands open, four people are outside."""
    at.stars(170, 0.55)
    at.sun(0.82, 0.2, 0.04, (250, 240, 220))
    at.land(at.range(0.66, 0.16, 9), (44, 46, 84), (96, 72, 104))
    at.line([(0.13, 0.7), (0.17, 0.24)], (20, 18, 36), 0.012)
    at.line([(0.21, 0.7), (0.17, 0.24)], (20, 18, 36), 0.012)
    for step in range(7):
        y = 0.66 - step * 0.06
        at.line([(0.134 + step * 0.005, y), (0.206 - step * 0.005, y - 0.05)], (20, 18, 36), 0.005)
        at.lamp(0.17 + (0.036 - step * 0.005) * (1 if step % 2 else -1), y, 0.004, LIGHT)
    at.land(wave(0.7, 0.012, 1.3), (196, 198, 220), (132, 136, 172))
    at.box(0.36, 0.46, 0.34, 0.3, (150, 70, 56), r=0.012)
    at.box(0.35, 0.44, 0.36, 0.035, (232, 232, 242), r=0.012)
    for x in (0.4, 0.6):
        at.box(x, 0.53, 0.06, 0.1, LIGHT)
        at.box(x + 0.028, 0.53, 0.004, 0.1, (120, 60, 50))
    at.glow(0.525, 0.68, 0.34, (255, 204, 130), 0.7)
    at.box(0.5, 0.54, 0.05, 0.22, (255, 226, 166))
    at.shape([(0.5, 0.76), (0.55, 0.76), (0.62, 0.92), (0.44, 0.92)], (255, 222, 160), 150)
    at.disc(0.575, 0.57, 0.011, (226, 48, 36))
    at.glow(0.575, 0.57, 0.07, (255, 70, 50), 0.5)
    for x, tall in ((0.72, 0.2), (0.76, 0.22), (0.8, 0.19), (0.845, 0.21)):
        worker(at, x, 0.88, tall, (40, 36, 64))
    at.snow(110)


def night_shift(at: Canvas) -> None:
    """A control room at night: screens, two backs, the plant behind the glass."""
    at.stars(60, 0.3)
    for x, tall in ((0.1, 0.2), (0.18, 0.32), (0.27, 0.24), (0.66, 0.3), (0.76, 0.2), (0.86, 0.36)):
        at.box(x, 0.56 - tall, 0.03, tall, (34, 32, 58), r=0.01)
        for rung in range(int(tall / 0.06)):
            at.lamp(x + 0.03, 0.54 - rung * 0.06, 0.0035, LIGHT)
    at.box(0, 0.5, 1, 0.1, (30, 28, 50))
    for bar in range(1, 5):
        at.box(bar * 0.2 - 0.004, 0, 0.008, 0.6, (22, 20, 38))
    at.box(0, 0.58, 1, 0.42, (34, 28, 46))
    for screen in range(5):
        x = 0.06 + screen * 0.185
        tone: Colour = ((34, 92, 104), (30, 76, 110), (38, 98, 88))[screen % 3]
        at.glow(x + 0.07, 0.66, 0.2, tone, 0.6)
        at.box(x, 0.59, 0.145, 0.15, (16, 20, 34), r=0.01)
        at.box(x + 0.006, 0.6, 0.133, 0.13, tone)
        dots = [(x + 0.012 + i * 0.0105, 0.69 - 0.035 * at.rng.random()) for i in range(12)]
        at.line(dots, (170, 236, 214), 0.004)
        for bar in range(5):
            at.box(x + 0.014 + bar * 0.024, 0.615, 0.016, 0.012, (232, 196, 120), alpha=200)
    at.box(0, 0.8, 1, 0.03, (92, 62, 62))
    at.box(0, 0.83, 1, 0.17, (48, 34, 46))
    for x in (0.36, 0.66):
        at.disc(x, 0.72, 0.062, (26, 18, 28))
        at.shape([(x - 0.07, 1), (x - 0.055, 0.82), (x, 0.79), (x + 0.055, 0.82), (x + 0.07, 1)], (40, 30, 46))
    at.box(0.5, 0.765, 0.024, 0.04, (236, 226, 212), r=0.006)
    for puff in range(4):
        at.glow(0.512 + 0.004 * puff, 0.745 - puff * 0.022, 0.02, (236, 226, 212), 0.35)
    at.disc(0.5, 0.12, 0.05, (236, 230, 220))
    at.line([(0.5, 0.12), (0.5, 0.085)], INK, 0.006)
    at.line([(0.5, 0.12), (0.517, 0.135)], INK, 0.006)


def office_dusk(at: Canvas) -> None:
    """A desk by the window: a sheet with eleven lines, a lamp, the town getting dark."""
    for block in range(14):
        x, tall = block * 0.075 - 0.02, at.rng.uniform(0.14, 0.42)
        at.box(x, 0.66 - tall, 0.062, tall, (108, 70, 96) if block % 2 else (126, 80, 100))
        for window in range(int(tall / 0.05) * 2):
            if at.rng.random() < 0.55:
                at.box(
                    x + 0.01 + 0.026 * (window % 2), 0.64 - tall + 0.05 * (window // 2), 0.014, 0.02, LIGHT, alpha=220
                )
    for bar in (0.0, 0.33, 0.66, 0.992):
        at.box(bar, 0, 0.01, 0.68, (70, 42, 52))
    at.box(0, 0.66, 1, 0.05, (92, 56, 58))
    at.land(wave(0.71, 0, 1), (150, 92, 72), (104, 60, 54))
    at.glow(0.72, 0.66, 0.5, (255, 214, 140), 0.6)
    at.line([(0.8, 0.84), (0.83, 0.55), (0.74, 0.47)], (48, 30, 38), 0.014)
    at.shape([(0.7, 0.53), (0.735, 0.44), (0.775, 0.47), (0.765, 0.55)], (196, 62, 40))
    at.disc(0.805, 0.845, 0.035, (48, 30, 38))
    at.shape([(0.3, 0.76), (0.58, 0.74), (0.64, 0.97), (0.3, 0.99)], (252, 247, 238))
    for row in range(11):
        y = 0.785 + row * 0.017
        left, right = 0.318 + row * 0.0005, 0.56 + row * 0.0048
        at.line([(left, y), (left + 0.07, y - 0.002)], (90, 74, 72), 0.005)
        at.line([(right - 0.05, y - 0.006), (right, y - 0.008)], (194, 54, 27) if row == 10 else (150, 130, 122), 0.005)
    at.shape([(0.62, 0.8), (0.7, 0.92), (0.694, 0.927), (0.612, 0.808)], (36, 95, 174))
    at.box(0.14, 0.77, 0.07, 0.13, (236, 226, 212), r=0.02)
    at.shape(
        [
            (0.14, 0.8),
            (0.115, 0.81),
            (0.115, 0.85),
            (0.14, 0.86),
            (0.14, 0.85),
            (0.125, 0.845),
            (0.125, 0.815),
            (0.14, 0.81),
        ],
        (236, 226, 212),
    )


def laboratory(at: Canvas) -> None:
    """A corridor papered with sheets, a furnace glowing at its end, somebody pins up one more."""
    at.box(0, 0, 1, 1, (226, 214, 200))
    at.shape([(0, 0), (0.42, 0.3), (0.42, 0.66), (0, 1)], (206, 190, 176))
    at.shape([(1, 0), (0.62, 0.3), (0.62, 0.66), (1, 1)], (190, 172, 164))
    at.shape([(0, 0), (1, 0), (0.62, 0.3), (0.42, 0.3)], (240, 230, 214))
    at.shape([(0, 1), (1, 1), (0.62, 0.66), (0.42, 0.66)], (150, 122, 112))
    at.glow(0.52, 0.5, 0.34, (255, 160, 84), 0.75)
    at.box(0.42, 0.3, 0.2, 0.36, (112, 84, 88))
    at.box(0.46, 0.42, 0.12, 0.2, (54, 36, 46), r=0.02)
    at.box(0.475, 0.45, 0.09, 0.12, (255, 178, 92), r=0.012)
    at.glow(0.52, 0.51, 0.12, (255, 236, 190), 0.8)
    for column in range(11):
        k = 1 - column / 12
        x = 0.42 - 0.42 * k + 0.012
        for row in range(6):
            top = 0.3 - 0.3 * k + (0.36 + 0.64 * k) * (0.1 + row * 0.135)
            wide, high = 0.026 * k + 0.006, (0.36 + 0.64 * k) * 0.1
            slip = at.rng.uniform(-0.006, 0.006)
            tone = (252, 247, 238) if at.rng.random() < 0.8 else (250, 226, 170)
            at.shape(
                [
                    (x, top + slip),
                    (x + wide, top + slip + 0.01 * k),
                    (x + wide, top + high + slip),
                    (x, top + high + slip + 0.012 * k),
                ],
                tone,
            )
            for text in range(3):
                y = top + high * (0.25 + text * 0.22) + slip
                at.line([(x + wide * 0.2, y), (x + wide * 0.8, y + 0.002)], (150, 130, 122), 0.003)
    for lamp in range(3):
        k = 1 - lamp / 3.4
        at.shape(
            [
                (0.52 - 0.1 * k, 0.3 - 0.28 * k),
                (0.52 + 0.1 * k, 0.3 - 0.28 * k),
                (0.52 + 0.085 * k, 0.31 - 0.25 * k),
                (0.52 - 0.085 * k, 0.31 - 0.25 * k),
            ],
            (255, 252, 240),
        )
    at.disc(0.27, 0.42, 0.07, (44, 30, 38))
    at.shape([(0.2, 1), (0.215, 0.53), (0.26, 0.49), (0.3, 0.5), (0.33, 0.55), (0.34, 1)], (248, 246, 244))
    at.shape([(0.225, 0.54), (0.165, 0.4), (0.18, 0.385), (0.25, 0.5)], (236, 232, 230))
    at.disc(0.17, 0.385, 0.02, (232, 190, 160))


def canteen(at: Canvas) -> None:
    """A counter with steam, trays in a row, a board with today's dishes."""
    at.box(0, 0, 1, 1, (244, 214, 170))
    at.glow(0.5, 0.3, 0.7, (255, 246, 220), 0.7)
    at.box(0.08, 0.08, 0.3, 0.26, (54, 70, 66), r=0.012)
    for row in range(6):
        at.line([(0.105, 0.125 + row * 0.035), (0.2 + 0.02 * (row % 3), 0.125 + row * 0.035)], (232, 230, 214), 0.006)
        at.line([(0.31, 0.125 + row * 0.035), (0.35, 0.125 + row * 0.035)], (250, 206, 120), 0.006)
    for lamp in range(3):
        x = 0.5 + lamp * 0.18
        at.line([(x, 0), (x, 0.16)], (110, 70, 60), 0.004)
        at.shape([(x - 0.04, 0.22), (x - 0.015, 0.15), (x + 0.015, 0.15), (x + 0.04, 0.22)], (194, 70, 44))
        at.glow(x, 0.26, 0.2, (255, 240, 190), 0.6)
    for cook in range(2):
        x = 0.55 + cook * 0.24
        at.shape([(x - 0.06, 0.7), (x - 0.045, 0.46), (x + 0.045, 0.46), (x + 0.06, 0.7)], (250, 248, 244))
        at.disc(x, 0.4, 0.055, (226, 180, 148))
        at.box(x - 0.034, 0.29, 0.068, 0.08, (255, 254, 250), r=0.03)
    at.box(0, 0.62, 1, 0.05, (214, 204, 192))
    at.box(0, 0.66, 1, 0.34, (164, 106, 76))
    for dish in range(6):
        x = 0.07 + dish * 0.16
        tone = ((196, 78, 48), (104, 140, 82), (226, 168, 76), (236, 226, 206), (150, 84, 56), (92, 132, 112))[dish]
        at.box(x, 0.595, 0.12, 0.045, (150, 146, 146), r=0.01)
        at.box(x + 0.008, 0.587, 0.104, 0.026, tone, r=0.012)
        for puff in range(4):
            at.glow(
                x + 0.06 + 0.006 * math.sin(puff * 2), 0.55 - puff * 0.04, 0.04 + puff * 0.008, (255, 252, 244), 0.35
            )
    for tray in range(4):
        x = 0.1 + tray * 0.22
        at.box(x, 0.76, 0.16, 0.1, (226, 218, 208), r=0.02)
        at.disc(x + 0.04, 0.81, 0.034, (250, 248, 244))
        at.disc(x + 0.11, 0.81, 0.034, (250, 248, 244))
        at.disc(x + 0.04, 0.81, 0.022, (250, 236, 200))
        at.disc(x + 0.11, 0.81, 0.022, ((196, 78, 48), (104, 140, 82), (226, 168, 76), (150, 84, 56))[tray])


def stethoscope(at: Canvas) -> None:
    """A quiet room for a health check: a scale of letters, a chair, a plant in the evening light."""
    at.box(0, 0, 1, 1, (232, 238, 230))
    at.glow(0.8, 0.3, 0.8, (255, 236, 196), 0.8)
    at.box(0.66, 0.08, 0.26, 0.46, (250, 214, 160))
    at.land([(0.66, 0.44), (0.74, 0.38), (0.84, 0.42), (0.92, 0.36)], (150, 176, 160), (110, 144, 132), down_to=0.54)
    at.sun(0.79, 0.26, 0.04, (255, 246, 222))
    at.box(0.64, 0.53, 0.3, 0.024, (214, 196, 176))
    at.box(0.787, 0.08, 0.006, 0.46, (214, 196, 176))
    at.box(0.12, 0.1, 0.17, 0.36, (255, 255, 252), r=0.01)
    for row in range(6):
        size = 0.03 - row * 0.004
        for sign in range(row + 1):
            x = 0.205 + (sign - row / 2) * (size * 0.95)
            y = 0.15 + row * 0.052
            at.line([(x - size * 0.2, y - size * 0.5), (x - size * 0.2, y + size * 0.5)], INK, 0.004)
            for bar in (-0.5, 0.0, 0.5):
                at.line([(x - size * 0.2, y + bar * size), (x + size * 0.24, y + bar * size)], INK, 0.004)
    at.land(wave(0.78, 0, 1), (206, 188, 164), (178, 154, 132))
    at.box(0.36, 0.62, 0.22, 0.04, (13, 118, 103), r=0.02)
    at.box(0.37, 0.4, 0.03, 0.24, (13, 118, 103), r=0.02)
    for leg in (0.38, 0.55):
        at.box(leg, 0.66, 0.008, 0.2, (84, 74, 72))
    at.box(0.86, 0.66, 0.09, 0.17, (194, 96, 64), r=0.02)
    for leaf in range(11):
        angle = math.pi * (0.12 + 0.076 * leaf)
        x, y = 0.905 + 0.085 * math.cos(angle), 0.64 - 0.22 * math.sin(angle)
        at.line([(0.905, 0.67), (x, y)], (72, 118, 92), 0.006)
        at.disc(x, y, 0.022, (92, 142, 108))
    line = [(0.07 + i * 0.0075, 0.9 - (0.05 if i % 14 == 6 else -0.03 if i % 14 == 7 else 0)) for i in range(116)]
    at.line(line, (194, 54, 27), 0.006)


def engine_wall(at: Canvas) -> None:
    """A wall of tools in an engine room; one spanner hangs in its own light."""
    at.box(0, 0, 1, 1, (70, 84, 92))
    for plate in range(6):
        at.box(plate * 0.17, 0, 0.164, 1, (76, 92, 100) if plate % 2 else (64, 78, 88))
        for rivet in range(8):
            at.disc(plate * 0.17 + 0.012, 0.06 + rivet * 0.125, 0.007, (110, 126, 132))
    at.box(0.1, 0.12, 0.8, 0.6, (112, 82, 66), r=0.012)
    at.box(0.115, 0.145, 0.77, 0.55, (138, 102, 80))
    at.glow(0.5, 0.4, 0.46, (255, 220, 150), 0.75)
    for tool in range(9):
        if tool == 4:
            continue
        x, tall = 0.17 + tool * 0.082, 0.16 + 0.04 * (tool % 3)
        at.disc(x, 0.24, 0.03, (84, 80, 86))
        at.disc(x, 0.23, 0.014, (138, 102, 80))
        at.box(x - 0.008, 0.26, 0.016, tall, (84, 80, 86), r=0.006)
    x = 0.5
    at.disc(x, 0.26, 0.062, (222, 214, 206))
    at.shape([(x - 0.018, 0.18), (x + 0.018, 0.18), (x + 0.014, 0.26), (x - 0.014, 0.26)], (196, 158, 112))
    at.box(x - 0.016, 0.3, 0.032, 0.3, (222, 214, 206), r=0.012)
    for name in range(5):
        at.box(x - 0.009, 0.35 + name * 0.045, 0.018, 0.02, (150, 130, 116), r=0.003)
    at.disc(x, 0.6, 0.034, (222, 214, 206))
    at.disc(x, 0.6, 0.016, (138, 102, 80))
    at.land(wave(0.84, 0, 1), (48, 52, 60), (30, 32, 42))
    for pipe, tone in ((0.8, (196, 84, 58)), (0.86, (58, 110, 140))):
        at.box(0, pipe, 1, 0.035, tone)
        at.box(0, pipe, 1, 0.01, (255, 236, 214), alpha=90)
    at.disc(0.84, 0.84, 0.055, (238, 230, 218))
    at.line([(0.84, 0.84), (0.862, 0.81)], (194, 54, 27), 0.006)


def seal_paper(at: Canvas) -> None:
    """A sheet of paper with a vermilion seal, and a key that lies on it."""
    at.glow(0.3, 0.3, 0.9, (255, 250, 238), 0.9)
    at.shape([(0.22, 0.1), (0.72, 0.06), (0.8, 0.94), (0.26, 1.0)], (120, 84, 70), 60)
    at.shape([(0.21, 0.08), (0.71, 0.04), (0.79, 0.92), (0.25, 0.98)], (253, 250, 244))
    for row in range(9):
        y, left = 0.2 + row * 0.072, 0.275 + row * 0.0035
        at.line([(left, y), (left + (0.38 if row % 3 else 0.28), y - 0.028)], (176, 160, 148), 0.008)
    at.line([(0.28, 0.13), (0.5, 0.112)], (60, 44, 44), 0.018)
    at.shape([(0.6, 0.68), (0.7, 0.672), (0.71, 0.84), (0.61, 0.848)], (194, 54, 27))
    for stroke in ((0.615, 0.7, 0.69, 0.694), (0.62, 0.76, 0.698, 0.754), (0.622, 0.82, 0.7, 0.814)):
        at.line([stroke[:2], stroke[2:]], (253, 240, 232), 0.012)
    at.line([(0.655, 0.69), (0.663, 0.825)], (253, 240, 232), 0.012)
    key: Colour = (160, 116, 52)
    at.disc(0.84, 0.62, 0.075, key)
    at.disc(0.84, 0.62, 0.036, (236, 190, 150))
    at.line([(0.81, 0.67), (0.7, 0.86)], key, 0.026)
    at.line([(0.73, 0.81), (0.755, 0.845)], key, 0.02)
    at.line([(0.715, 0.84), (0.735, 0.87)], key, 0.02)
