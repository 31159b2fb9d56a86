"""What stands in the landscape, second half: bridges, plants, harbours, panels, trains."""

from random import Random

from fenjin.kit.covers.brush import WIDTH, Palette, box, crew, disc, hills, line, number, ridge, shape


def bridge(chance: Random, palette: Palette) -> str:
    """A cable-stayed bridge over a wide river."""
    parts = [ridge(chance, 290, 80, palette.mid, 5), box(0, 290, WIDTH, 110, palette.near)]
    parts += [
        line(
            f"M{number(chance.uniform(-40, 640))} {308 + step * 11}h{number(chance.uniform(50, 200))}",
            palette.sun,
            2.5,
            0.35,
        )
        for step in range(8)
    ]
    first = chance.uniform(170, 240)
    for tower in (first, first + 340):
        for step in range(1, 8):
            for side in (-1, 1):
                parts.append(
                    line(
                        f"M{number(tower)} {70 + step * 10}L{number(tower + side * step * 23)} 262",
                        palette.dark,
                        1.6,
                        0.9,
                    )
                )
        parts.append(shape([(tower - 11, 340), (tower - 5, 60), (tower + 5, 60), (tower + 11, 340)], palette.dark))
        parts.append(disc(tower, 54, 5, palette.spark))
    parts.append(box(0, 260, WIDTH, 14, palette.dark))
    train = chance.uniform(120, 360)
    parts += [
        box(train + i * 58, 241, 54, 19, palette.sun, round_=5) + box(train + 7 + i * 58, 246, 40, 6, palette.dark)
        for i in range(4)
    ]
    return "".join(parts)


def plant(chance: Random, palette: Palette) -> str:
    """Columns, spheres and chimneys of a plant, its lamps lit."""
    parts = [ridge(chance, 300, 70, palette.mid, 5)]
    x = chance.uniform(40, 90)
    for wide, height in ((30, 150), (44, 210), (26, 120), (38, 246), (54, 130), (30, 190), (24, 150)):
        tall = height * chance.uniform(0.85, 1.1)
        parts.append(box(x, 352 - tall, wide, tall, palette.near, round_=wide * 0.42))
        parts += [box(x - 4, 352 - tall * level, wide + 8, 4, palette.dark) for level in (0.35, 0.65, 0.85)]
        parts.append(disc(x + wide / 2, 352 - tall * 0.65 - 8, 4, palette.spark))
        x += wide + chance.uniform(16, 34)
    parts.append(line(f"M40 300H{number(x + 60)}M40 314H{number(x + 120)}", palette.dark, 6))
    for ball in range(2):
        parts.append(
            disc(x + 60 + ball * 124, 318, 50, palette.dark)
            + line(f"M{number(x + 14 + ball * 124)} 318h92", palette.near, 4)
        )
    return (
        "".join(parts) + box(0, 350, WIDTH, 50, palette.dark) + crew(chance, 392, palette, chance.uniform(300, 480), 88)
    )


def harbour(chance: Random, palette: Palette) -> str:
    """Cranes over a ship full of containers."""
    parts = [ridge(chance, 296, 60, palette.mid, 6), box(0, 330, WIDTH, 70, palette.near)]
    for x in (110 + chance.uniform(-20, 20), 330 + chance.uniform(-20, 20)):
        parts.append(
            line(
                f"M{number(x)} 334V150M{number(x + 74)} 334V150M{number(x)} 250H{number(x + 74)}M{number(x - 60)} 166H{number(x + 220)}",
                palette.dark,
                9,
            )
        )
        parts.append(
            line(
                f"M{number(x + 36)} 96L{number(x - 56)} 162M{number(x + 36)} 96L{number(x + 214)} 162M{number(x + 36)} 96V166",
                palette.dark,
                4,
            )
        )
        parts.append(line(f"M{number(x + 160)} 170V214", palette.dark, 3) + box(x + 138, 214, 46, 20, palette.spark))
    ship = chance.uniform(360, 420)
    tints = (palette.spark, palette.far, palette.sun, palette.mid)
    for column in range(7):
        for level in range(chance.choice((1, 2, 3))):
            parts.append(box(ship + 40 + column * 42, 276 - level * 22, 39, 19, chance.choice(tints)))
    parts.append(box(ship + 342, 236, 48, 60, palette.dark) + box(ship + 350, 246, 32, 8, palette.spark))
    parts.append(shape([(ship, 296), (ship + 420, 296), (ship + 388, 352), (ship + 40, 352)], palette.dark))
    parts += [
        line(
            f"M{number(chance.uniform(-40, 640))} {362 + step * 9}h{number(chance.uniform(60, 220))}",
            palette.sun,
            2.5,
            0.35,
        )
        for step in range(4)
    ]
    return "".join(parts)


def solar(chance: Random, palette: Palette) -> str:
    """Fields of panels below the mountains."""
    parts = [ridge(chance, 282, 110, palette.mid, 4), hills(chance, 298, 12, palette.near)]
    for y, wide, tall in ((303.0, 74.0, 11.0), (322.0, 118.0, 19.0), (352.0, 190.0, 33.0)):
        start, lean = -chance.uniform(0.1, 0.9) * wide, tall * 0.7
        while start < WIDTH:
            across = wide * 0.86
            panel = [(start + lean, y), (start + across + lean, y), (start + across, y + tall), (start, y + tall)]
            parts.append(shape(panel, palette.dark))
            shine = [
                (start + across * 0.62 + lean, y),
                (start + across * 0.8 + lean, y),
                (start + across * 0.7, y + tall),
            ]
            parts.append(shape([*shine, (start + across * 0.52, y + tall)], palette.far, 0.75))
            start += wide
    return "".join(parts) + crew(chance, 392, palette, chance.uniform(520, 640), 118)


def train(chance: Random, palette: Palette) -> str:
    """A fast train on a viaduct."""
    parts = [ridge(chance, 300, 100, palette.mid, 5), hills(chance, 344, 26, palette.near)]
    parts += [box(30 + pier * 132, 300, 20, 100, palette.dark) for pier in range(6)]
    parts.append(box(0, 288, WIDTH, 16, palette.dark))
    nose = chance.uniform(560, 690)
    body = f"M0 232H{number(nose - 70)}C{number(nose - 10)} 234 {number(nose + 30)} 262 {number(nose + 44)} 288H0z"
    parts.append(f'<path d="{body}" fill="{palette.sun}"/>')
    parts.append(f'<path d="M0 268H{number(nose + 20)}l12 8H0z" fill="{palette.spark}"/>')
    parts += [
        box(nose - 150 - window * 44, 244, 30, 13, palette.dark, round_=4)
        for window in range(14)
        if nose - 150 - window * 44 > -30
    ]
    parts.append(f'<path d="M{number(nose - 84)} 244h26c14 3 26 9 34 15h-60z" fill="{palette.dark}"/>')
    parts.append(line("M0 214H800", palette.dark, 2, 0.7))
    parts += [line(f"M{40 + mast * 132} 288V204h26", palette.dark, 4) for mast in range(6)]
    return "".join(parts)
