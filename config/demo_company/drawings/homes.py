"""Pictures of where people live and go: small towns, other people's mountains, the way home."""

import itertools
import math

from config.demo_company.drawings.canvas import Canvas, wave
from config.demo_company.drawings.works import LIGHT, worker


def moon_window(at: Canvas) -> None:
    """Somebody sleeps by day: thick curtains, a strip of light, a sign on the door handle."""
    at.land(wave(0.0, 0, 1), (58, 60, 96), (38, 38, 66))
    at.box(0.3, 0.1, 0.34, 0.5, (250, 214, 150))
    at.sun(0.47, 0.3, 0.05, (255, 246, 222))
    at.land([(0.3, 0.52), (0.4, 0.46), (0.5, 0.5), (0.64, 0.44)], (190, 130, 110), (160, 100, 96), down_to=0.6)
    for side, left in ((-1, 0.26), (1, 0.49)):
        for fold in range(7):
            x = left + fold * 0.028
            tone = (74, 66, 112) if fold % 2 else (92, 82, 130)
            at.box(x, 0.06, 0.03, 0.6, tone)
        _ = side
    at.box(0.455, 0.06, 0.032, 0.6, (255, 226, 170))
    at.glow(0.47, 0.4, 0.4, (255, 214, 150), 0.4)
    at.box(0.22, 0.04, 0.5, 0.025, (120, 84, 78), r=0.01)
    at.shape([(0.46, 0.66), (0.486, 0.66), (0.66, 1), (0.5, 1)], (255, 214, 150), 70)
    at.box(0.12, 0.72, 0.62, 0.2, (206, 198, 214), r=0.05)
    at.box(0.12, 0.64, 0.15, 0.16, (238, 234, 240), r=0.05)
    at.disc(0.22, 0.71, 0.055, (66, 46, 48))
    at.land(wave(0.78, 0.02, 0.7, 2.2), (112, 100, 158), (84, 74, 126), down_to=0.93)
    at.box(0.1, 0.92, 0.66, 0.04, (110, 76, 70))
    at.box(0.82, 0.16, 0.18, 0.84, (126, 86, 74))
    at.box(0.84, 0.2, 0.16, 0.8, (150, 104, 84))
    at.disc(0.865, 0.6, 0.018, (232, 196, 120))
    at.line([(0.865, 0.6), (0.88, 0.66)], (232, 220, 200), 0.004)
    at.line([(0.865, 0.6), (0.9, 0.66)], (232, 220, 200), 0.004)
    at.box(0.866, 0.66, 0.05, 0.09, (252, 247, 238), r=0.01)
    at.disc(0.891, 0.705, 0.026, (74, 66, 112))
    at.disc(0.899, 0.695, 0.022, (252, 247, 238))


def two_lamps(at: Canvas) -> None:
    """One night, two places: a tent in the desert and a flat at home, one moon over both."""
    at.stars(150, 0.5)
    at.sun(0.5, 0.22, 0.07, (255, 240, 208))
    at.land(wave(0.7, 0.05, 0.8, 0.4), (128, 78, 88), (92, 52, 68))
    at.land(wave(0.8, 0.04, 1.1, 2.8), (90, 52, 66), (60, 34, 52))
    at.glow(0.2, 0.74, 0.3, (255, 206, 130), 0.6)
    at.shape([(0.08, 0.84), (0.2, 0.62), (0.32, 0.84)], (196, 120, 86))
    at.shape([(0.165, 0.84), (0.2, 0.68), (0.235, 0.84)], (255, 226, 160))
    worker(at, 0.36, 0.86, 0.17)
    at.box(0.62, 0.3, 0.4, 0.7, (62, 48, 84))
    at.box(0.61, 0.28, 0.42, 0.03, (84, 64, 100))
    for window in range(12):
        x, y = 0.66 + 0.1 * (window % 3 + window % 2 * 0), 0.36 + 0.14 * (window // 3)
        lit = window in (4, 7)
        at.box(x, y, 0.06, 0.085, LIGHT if lit else (46, 38, 70))
        at.box(x + 0.028, y, 0.004, 0.085, (40, 32, 60))
        if lit:
            at.glow(x + 0.03, y + 0.04, 0.14, (255, 214, 140), 0.5)
    at.disc(0.775, 0.585, 0.016, (60, 40, 56))
    at.shape([(0.76, 0.62), (0.767, 0.6), (0.784, 0.6), (0.79, 0.62)], (60, 40, 56))
    dots = [(0.36 + 0.41 * i / 40, 0.66 - 0.3 * math.sin(math.pi * i / 40)) for i in range(41)]
    for first, second in zip(dots[::2], dots[1::2], strict=False):
        at.line([first, second], (255, 236, 200), 0.005, 190)


def snow_town(at: Canvas) -> None:
    """A town below white mountains, a long table lit behind the windows of a low house."""
    at.sun(0.16, 0.3, 0.045, (255, 244, 226))
    peaks = at.range(0.5, 0.36, 9)
    at.land(peaks, (236, 238, 246), (150, 160, 190))
    for (x, y), (x2, y2) in itertools.pairwise(peaks):
        at.shape([(x, y), ((x + x2) / 2, (y + y2) / 2), (x + 0.02, y + 0.16)], (170, 180, 206), 120)
    at.land(at.range(0.6, 0.14, 13), (120, 130, 160), (174, 170, 186))
    at.haze(0.6, 0.16, (250, 226, 210), 0.55)
    for house in range(18):
        x, tall = house * 0.06 - 0.02, at.rng.uniform(0.04, 0.11)
        at.box(x, 0.68 - tall, 0.05, tall, (104, 84, 104) if house % 3 else (128, 92, 100))
        at.shape([(x - 0.006, 0.68 - tall), (x + 0.025, 0.64 - tall), (x + 0.056, 0.68 - tall)], (236, 236, 246))
        at.box(x + 0.018, 0.66 - tall * 0.4, 0.012, 0.018, LIGHT)
    for x in (0.03, 0.1, 0.9, 0.965):
        for layer in range(4):
            at.shape(
                [
                    (x - 0.034 + layer * 0.006, 0.82 - layer * 0.07),
                    (x, 0.7 - layer * 0.07),
                    (x + 0.034 - layer * 0.006, 0.82 - layer * 0.07),
                ],
                (52, 76, 84),
            )
    at.land(wave(0.72, 0.012, 1.2), (240, 240, 248), (204, 206, 226))
    at.glow(0.5, 0.78, 0.46, (255, 206, 134), 0.5)
    at.box(0.2, 0.64, 0.6, 0.24, (156, 96, 72))
    at.shape([(0.17, 0.65), (0.26, 0.55), (0.74, 0.55), (0.83, 0.65)], (244, 244, 250))
    for window in range(5):
        x = 0.235 + window * 0.11
        at.box(x, 0.7, 0.085, 0.11, (255, 226, 160))
        for head in range(3):
            at.disc(x + 0.018 + head * 0.025, 0.775, 0.016, (110, 64, 56))
        at.box(x, 0.79, 0.085, 0.012, (150, 92, 66))
    for puff in range(6):
        at.glow(0.68 + puff * 0.012, 0.52 - puff * 0.05, 0.035 + puff * 0.01, (255, 250, 246), 0.6)
    at.land(wave(0.9, 0.012, 0.8, 2), (250, 250, 254), (216, 218, 234))
    at.snow(90)


def desert_coast(at: Canvas) -> None:
    """Bare mountains by the sea before sunrise, tents of shade, a crew that begins early."""
    at.sun(0.7, 0.55, 0.06, (255, 226, 168))
    at.land(at.range(0.56, 0.26, 8), (126, 80, 98), (196, 118, 100))
    at.land(at.range(0.6, 0.16, 11), (104, 62, 82), (150, 84, 84))
    at.mirror(0.6, (176, 104, 100), 0.34)
    at.land([(0, 0.7), (0.2, 0.69), (0.46, 0.74), (0.7, 0.84), (1, 0.9)], (226, 170, 120), (176, 112, 84))
    at.box(0.08, 0.62, 0.012, 0.14, (70, 44, 58))
    for dome, r in ((0.2, 0.03), (0.26, 0.02)):
        at.box(dome - r * 0.5, 0.655, r, 0.04, (240, 224, 204))
        at.disc(dome, 0.655, r * 0.9, (240, 224, 204))
    at.box(0.155, 0.56, 0.012, 0.135, (240, 224, 204))
    at.disc(0.161, 0.56, 0.013, (240, 224, 204))
    for tent in range(3):
        x = 0.34 + tent * 0.13
        y = 0.8 + tent * 0.03
        for pole in (0.0, 0.1):
            at.box(x + pole, y - 0.12, 0.004, 0.14, (70, 44, 58))
        at.shape(
            [(x - 0.012, y - 0.1), (x + 0.05, y - 0.15), (x + 0.116, y - 0.1), (x + 0.05, y - 0.115)], (250, 244, 232)
        )
    at.shape([(-0.02, 0.9), (1.02, 0.99), (1.02, 1.03), (-0.02, 0.95)], (120, 66, 56))
    at.shape([(-0.02, 0.9), (1.02, 0.99), (1.02, 1.0), (-0.02, 0.915)], (196, 112, 84))
    for x, tall in ((0.2, 0.2), (0.25, 0.19), (0.56, 0.2), (0.83, 0.21), (0.875, 0.2)):
        worker(at, x, 0.9 + x * 0.07, tall, (58, 36, 56))
    at.box(0.62, 0.86, 0.03, 0.05, (58, 120, 150), r=0.012)


def ten_lamps(at: Canvas) -> None:
    """Ten lights along a road through the snow, and a bus that brings people home."""
    at.stars(110, 0.4)
    at.land(at.range(0.6, 0.2, 9), (70, 66, 106), (140, 100, 118))
    at.land(wave(0.64, 0.02, 1.1, 1), (150, 144, 178), (120, 116, 158))
    at.shape([(0.46, 0.64), (0.5, 0.64), (0.94, 1), (0.26, 1)], (84, 76, 110))
    at.land([(0, 0.66), (0.46, 0.64), (0.26, 1.0)], (214, 214, 234), (170, 172, 206))
    at.land([(0.5, 0.64), (1, 0.67), (1, 1)], (214, 214, 234), (170, 172, 206), down_to=0.661)
    at.shape([(0.5, 0.64), (1, 0.66), (1, 1), (0.94, 1)], (200, 200, 224))
    for lamp in range(10):
        k = (1 - lamp / 10) ** 1.7
        x, foot = 0.47 - 0.28 * k, 0.645 + 0.3 * k
        tall = 0.06 + 0.5 * k
        at.line([(x, foot), (x, foot - tall), (x + 0.03 * k + 0.006, foot - tall)], (34, 28, 48), 0.004 + 0.008 * k)
        at.lamp(x + 0.03 * k + 0.006, foot - tall + 0.006, 0.004 + 0.012 * k, LIGHT)
    at.glow(0.63, 0.84, 0.2, (255, 226, 160), 0.5)
    at.box(0.57, 0.7, 0.13, 0.16, (196, 70, 44), r=0.016)
    at.box(0.58, 0.72, 0.11, 0.06, (255, 232, 180), r=0.008)
    at.box(0.57, 0.8, 0.13, 0.016, (250, 244, 236))
    for x in (0.59, 0.68):
        at.lamp(x, 0.84, 0.008, (255, 244, 210))
        at.disc(x, 0.868, 0.018, (24, 20, 34))
    at.snow(160)


def gate(at: Canvas) -> None:
    """The gate of a works in the morning: people on foot through one door, a bus before the other."""
    at.sun(0.5, 0.42, 0.06, (255, 240, 210))
    at.land(at.range(0.66, 0.12, 11), (170, 140, 144), (224, 176, 146))
    for x, tall in ((0.36, 0.24), (0.42, 0.34), (0.6, 0.28)):
        at.box(x, 0.66 - tall, 0.026, tall, (140, 104, 116), r=0.01)
    at.land(wave(0.7, 0, 1), (190, 156, 134), (130, 96, 92))
    at.box(0.06, 0.36, 0.05, 0.42, (196, 84, 58))
    at.box(0.62, 0.36, 0.05, 0.42, (196, 84, 58))
    at.box(0.04, 0.32, 0.65, 0.07, (150, 58, 44), r=0.01)
    for sign in range(6):
        at.box(0.24 + sign * 0.045, 0.335, 0.026, 0.04, (250, 226, 180), r=0.004)
    at.shape([(0.72, 0.5), (0.96, 0.5), (0.98, 0.8), (0.72, 0.8)], (58, 110, 140))
    at.box(0.74, 0.54, 0.21, 0.1, (206, 230, 236), r=0.01)
    for x in (0.77, 0.92):
        at.disc(x, 0.81, 0.034, (38, 28, 40))
    at.shape([(0.11, 0.78), (0.62, 0.78), (0.8, 1), (0, 1)], (156, 120, 110))
    for x, foot, tall in (
        (0.22, 0.84, 0.22),
        (0.3, 0.87, 0.24),
        (0.41, 0.83, 0.21),
        (0.5, 0.9, 0.26),
        (0.17, 0.93, 0.27),
    ):
        worker(at, x, foot, tall, (62, 46, 66))


def five_figures(at: Canvas) -> None:
    """Five figures as a path of stones up a hill, one colour each, towards a lit window."""
    at.sun(0.8, 0.26, 0.055, (255, 240, 208))
    at.land(at.range(0.62, 0.2, 9), (176, 108, 112), (226, 148, 112))
    at.haze(0.62, 0.16, (252, 208, 158), 0.5)
    at.land(wave(0.66, 0.04, 0.6, 2.4), (122, 74, 88), (84, 48, 66))
    at.box(0.76, 0.5, 0.12, 0.12, (96, 54, 66))
    at.shape([(0.745, 0.51), (0.82, 0.42), (0.895, 0.51)], (66, 36, 52))
    at.glow(0.82, 0.56, 0.16, (255, 214, 140), 0.6)
    at.box(0.8, 0.53, 0.04, 0.06, LIGHT)
    tones = ((194, 54, 27), (216, 150, 60), (13, 118, 103), (36, 95, 174), (106, 75, 176))
    dots = [(0.12 + 0.68 * i / 40, 0.93 - 0.3 * (i / 40) ** 0.8 - 0.02 * math.sin(i / 4)) for i in range(41)]
    at.line(dots, (250, 226, 180), 0.008, 150)
    for number, tone in enumerate(tones):
        x, y = dots[number * 8 + 2]
        r = 0.085 - number * 0.011
        at.glow(x, y, r * 1.6, tone, 0.35)
        at.disc(x, y, r, tone)
        at.disc(x - r * 0.2, y - r * 0.3, r * 0.5, (255, 255, 255), 40)
        for mark in range(number + 1):
            at.box(
                x - 0.005 + (mark - number / 2) * 0.014 * (1 - number * 0.1),
                y - r * 0.4,
                0.006,
                r * 0.8,
                (255, 248, 236),
                r=0.003,
            )
    worker(at, 0.07, 0.98, 0.2)
