"""Pictures for everybody's tests."""

import io
from collections.abc import Callable
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.media.models import Picture
from fenjin.media.services import add_picture

_numbers = count(1)


def picture_bytes(*, size: tuple[int, int] = (640, 360), form: str = "PNG", **options: Any) -> bytes:
    """Return the bytes of a small drawn picture in any format that Pillow writes."""
    image = Image.new("RGB", size, (178, 90, 69))
    draw = ImageDraw.Draw(image)
    draw.ellipse((size[0] // 2, size[1] // 4, size[0] // 2 + 90, size[1] // 4 + 90), fill=(246, 178, 79))
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def upload(content: bytes | None = None, name: str = "picture.png") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content or picture_bytes())


def make_picture(*, space_id: int = GROUP_SPACE, title: str = "", actor: Any = None, **fields: Any) -> Picture:
    """Return a new picture of a space."""
    with every_space(Reason.TEST):
        return add_picture(
            actor=actor, space_id=space_id, upload=upload(), title=title or f"图片{next(_numbers)}", **fields
        )


SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "media:picture": lambda world: {"key": world.picture.key.hex, "width": 360},
    "media:cut": lambda world: {"key": world.picture.key.hex, "cut": "thumb", "width": 192},
}
