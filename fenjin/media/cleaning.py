"""From whatever a phone or camera made to a plain picture without hidden data."""

import io
import uuid
from typing import IO, Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from fenjin.kit.errors import Refusal

register_heif_opener()

FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
ACCEPT: Final = ".jpg,.jpeg,.png,.webp,.heic,.heif"
MAX_BYTES: Final = 25 * 1024 * 1024
LONGEST_SIDE: Final = 2400  # three times the widest column; more is never shown


class NotAPicture(Refusal):
    """The file cannot be read as one of the formats we take."""

    code = "not_a_picture"
    status = 422
    sentence = _("This file is not a picture we can read. Use JPEG, PNG, WebP or HEIC.")


class PictureTooLarge(Refusal):
    """More bytes or more pixels than we are ready to decode."""

    code = "picture_too_large"
    status = 422
    sentence = _("This picture is too large. Make it smaller than 25 MB and 60 million pixels, and try again.")


def clean_picture(upload: IO[bytes] | Any) -> ContentFile:
    """Return the picture upright, in sRGB, without EXIF, place or names, and not larger than is useful.

    The size is read from the header and checked before anything is decoded. Raises NotAPicture, PictureTooLarge.
    """
    if getattr(upload, "size", 0) > MAX_BYTES:
        raise PictureTooLarge
    try:
        image = Image.open(upload, formats=FORMATS)
        if image.width * image.height > settings.MAX_IMAGE_PIXELS:
            raise PictureTooLarge
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
    except Image.DecompressionBombError as error:
        raise PictureTooLarge from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAPicture from error
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    return _encode(_plain(upright, profile))


def _plain(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a new picture that holds pixels and nothing else."""
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    flat = image.convert("RGBA" if see_through else "RGB")
    if profile and not see_through:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            flat = ImageCms.profileToProfile(flat, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or flat
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the colours stay as they are
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    flat.info = {}
    return flat


def _encode(image: Image.Image) -> ContentFile:
    buffer = io.BytesIO()
    if image.mode == "RGBA":
        image.save(buffer, "WEBP", quality=90, method=4)
        return ContentFile(buffer.getvalue(), name=f"{uuid.uuid4().hex}.webp")
    image.save(buffer, "JPEG", quality=90, optimize=True, progressive=True)
    return ContentFile(buffer.getvalue(), name=f"{uuid.uuid4().hex}.jpg")
