"""Colours and contacts of the demo's spaces: the group keeps the house's vermilion, each company has a hue of its own."""

from typing import Any

from fenjin.kit.scope import GROUP_SPACE
from fenjin.spaces.models import Space
from fenjin.spaces.services import change_space

HUES = (230, 165, 280, 60, 195, 345, 255, 140, 310, 95, 10)


def dress(actor: Any) -> None:
    """Give every space its look; the actor is a system administrator with membership."""
    for place, space in enumerate(Space.objects.order_by("pk")):
        hue = None if space.pk == GROUP_SPACE else HUES[place % len(HUES)]
        change_space(
            actor=actor,
            space_id=space.pk,
            seen=space.revision,
            hue=hue,
            contact_name="信息中心" if hue is None else "本单位服务台",
            contact_name_en="the information centre" if hue is None else "your company's help desk",
            contact_phone=f"010-5555 {1000 + place}",
            contact_hours="工作日 8:30–17:30",
            contact_hours_en="Workdays 8:30–17:30",
        )
