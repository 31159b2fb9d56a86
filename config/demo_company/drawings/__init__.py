"""Pictures of the demo, drawn here: land and light, and what people build in it. No photograph, nobody in particular.

The same name gives the same picture every time.
"""

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image

from config.demo_company.drawings import first, homes, rooms, works
from config.demo_company.drawings.canvas import Canvas, Colour

type Draw = Callable[[Canvas], None]
_INDOORS: Final[tuple[Colour, ...]] = ((34, 34, 60), (44, 40, 66))
_PAPER: Final[tuple[Colour, ...]] = ((240, 206, 164), (226, 170, 132))

# name → sky, what is drawn, and what it shows in words
_PICTURES: Final[dict[str, tuple[tuple[Colour, ...], Draw, str]]] = {
    "refinery": (works.DUSK, works.refinery, "傍晚的江边，炼塔和火炬映在水里，一个戴安全帽的人站在近处"),
    "pipeline": (works.FROST, works.pipeline, "雪地里一条红色管线通向远处冒着白汽的集输站，两个人走在旁边"),
    "weld": (works.NIGHT, works.weld, "管廊下火花四溅，一人焊接，一人拿着灭火器在旁边看护"),
    "tanks": (works.DAWN, works.tanks, "罐顶架着三脚架，两个人拉住通向人孔的安全绳"),
    "tunnel": (works.NIGHT, works.tunnel, "隧道最后一层石壁打通，光照进来，四个戴安全帽的人站在前面"),
    "harbour": (works.DUSK, works.harbour, "夕阳下的港口，两台桥吊正在吊集装箱，一艘货轮驶出"),
    "solar": (works.DAWN, works.solar, "水面上整齐的光伏板，中间留出一条水路，几只白鹭飞过芦苇"),
    "cabin": (works.NIGHT, rooms.cabin, "冬夜井场的野营房，门开着，报警灯亮着，四个人站在雪地里"),
    "night-shift": (works.NIGHT, rooms.night_shift, "深夜的控制室，两个人坐在五块屏幕前，窗外装置亮着灯"),
    "five-figures": (works.DUSK, homes.five_figures, "傍晚的山坡上，五颗颜色不同的圆石沿小路通向亮灯的小屋"),
    "office-dusk": (works.DUSK, rooms.office_dusk, "傍晚窗边的办公桌上，一盏红灯照着一张十一行的单子"),
    "moon-window": (_INDOORS, homes.moon_window, "白天拉着厚窗帘的卧室，有人睡着，门把上挂着一块画月亮的牌子"),
    "two-lamps": (works.NIGHT, homes.two_lamps, "同一个月亮下，沙漠里的帐篷和家里的窗户都亮着灯"),
    "laboratory": (_INDOORS, rooms.laboratory, "贴满实验单的走廊，一个穿白大褂的人正贴上新的一张，尽头的炉子亮着"),
    "snow-town": (works.FROST, homes.snow_town, "雪山下的小城，一排亮着灯的窗户里，许多人围坐着吃饭"),
    "desert-coast": (works.DUSK, homes.desert_coast, "日出前的海边工地，白色遮阳棚和几个早起干活的人"),
    "canteen": (_PAPER, rooms.canteen, "食堂窗口热气腾腾，六样菜和四个餐盘摆成一排"),
    "ten-lamps": (works.NIGHT, homes.ten_lamps, "雪夜的路边亮着十盏灯，一辆通勤车开过来"),
    "stethoscope": (_PAPER, rooms.stethoscope, "安静的体检室，墙上是视力表，窗外有傍晚的光"),
    "engine-wall": (_INDOORS, rooms.engine_wall, "机舱工具墙上，一把刻着五个名字的扳手挂在灯光里"),
    "seal-paper": (_PAPER, rooms.seal_paper, "一张盖着红印的纸，上面放着一把钥匙"),
    "gate": (works.DAWN, homes.gate, "早晨的厂区大门，几个人步行进门，一辆班车停在旁边"),
}
DESCRIPTIONS: Final = first.DESCRIPTIONS | {name: words for name, (_sky, _draw, words) in _PICTURES.items()}


def picture(name: str) -> BytesIO:
    """Return the JPEG of one picture; raises KeyError for a name that is not drawn here."""
    out = BytesIO(_bytes(name))
    out.name = f"{name}.jpg"
    return out


def forget() -> None:
    """Draw everything anew the next time."""
    _bytes.cache_clear()


@lru_cache(maxsize=64)
def _bytes(name: str) -> bytes:
    out = BytesIO()
    _draw(name).save(out, "JPEG", quality=90)
    return out.getvalue()


def _draw(name: str) -> Image.Image:
    if name not in _PICTURES:
        return first.draw(name)
    sky, draw, _words = _PICTURES[name]
    canvas = Canvas(name, sky)
    draw(canvas)
    return canvas.finished()
