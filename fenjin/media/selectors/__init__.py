"""Reads: a picture by its key for a person, its sizes, and how pages show it."""

import uuid
from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from fenjin.kit.components import Picture as Shown
from fenjin.kit.components import Words
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.media.access import can_see
from fenjin.media.models import Picture
from fenjin.spaces.access import Membership

WIDTHS: Final = (360, 720, 1080)
# cut → height as a share of the width, and the widths that are made
CUTS: Final = {"cover": (1 / 2, WIDTHS), "thumb": (3 / 4, (96, 192, 288))}
_FORMAT: Final = "|format-webp|webpquality-{quality}"


def get_visible(membership: Membership, key: str) -> Picture:
    """Return the picture with this key; raises NotFound when it is absent, withdrawn or not for this person."""
    try:
        name = uuid.UUID(hex=key)
    except ValueError as error:
        raise NotFound from error
    with every_space(Reason.OWN_ROWS):  # the key names one row; can_see decides
        picture = Picture.objects.filter(key=name).first()
    if picture is None or not can_see(membership, picture):
        raise NotFound
    return picture


def bytes_of(picture: Picture, width: int, cut: str = "") -> bytes:
    """Return the WebP bytes of one size; raises NotFound for a size that we do not make."""
    if cut:
        share, widths = CUTS.get(cut, (1.0, ()))
        spec = f"fill-{width}x{round(width * share)}"
    else:
        widths, spec = WIDTHS, f"width-{width}"
    if width not in widths:
        raise NotFound
    # The narrow cover opens the home page: it has a budget of 28 KB.
    quality = 62 if cut == "cover" and width == WIDTHS[0] else 70 if width < WIDTHS[-1] else 66
    rendition = picture.get_rendition(spec + _FORMAT.format(quality=quality))
    with rendition.file.storage.open(rendition.file.name) as file:
        content: bytes = file.read()
    return content


def address(picture: Picture, width: int, cut: str = "") -> str:
    """Return the permanent address of one size, from the root of the site."""
    if cut:
        path = reverse("media:cut", kwargs={"key": picture.key.hex, "cut": cut, "width": width})
        # Phones keep an address for good: another important part is another address.
        return f"{path}?f={picture.focal_point_x}-{picture.focal_point_y}" if picture.has_focal_point() else path
    return reverse("media:picture", kwargs={"key": picture.key.hex, "width": width})


def shown(picture: Picture, *, cut: str = "", alt: Words | None = None, sizes: str = "") -> Shown:
    """Return the picture as components draw it: source, all sizes, and the room it takes."""
    share, widths = CUTS.get(cut, (picture.height / picture.width if picture.width else 1, WIDTHS))
    middle = widths[1]
    return Shown(
        src=address(picture, middle, cut),
        width=middle,
        height=round(middle * share),
        alt=picture.description if alt is None else alt,
        srcset=_srcset(picture, widths, cut),
        sizes=sizes or "(min-width: 45em) 680px, 100vw",
    )


def _srcset(picture: Picture, widths: Iterable[int], cut: str) -> str:
    return ", ".join(f"{address(picture, width, cut)} {width}w" for width in widths)


def usable_pictures() -> QuerySet[Picture]:
    """Return the pictures in scope that are not withdrawn, for a field that chooses one."""
    rows: QuerySet[Picture] = Picture.objects.filter(withdrawn_at__isnull=True)
    return rows


def pictures_by_id(ids: Iterable[int]) -> dict[int, Picture]:
    """Return the pictures in scope among `ids`, for bodies that name them; withdrawn ones are left out."""
    return {picture.pk: picture for picture in Picture.objects.filter(pk__in=list(ids), withdrawn_at__isnull=True)}
