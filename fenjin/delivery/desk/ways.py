"""A part of the person's page: how messages come to somebody, each from being meant to being answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fenjin.delivery.access import may_change
from fenjin.delivery.models import Message
from fenjin.delivery.selectors.outbox.way import Step, Way, ways_of
from fenjin.delivery.services.receipts import counted_unit
from fenjin.delivery.services.silent import look_answer
from fenjin.kit.errors import NotFound
from fenjin.people.selectors.own import unit_titles


@dataclass(frozen=True, slots=True)
class Line:
    """One message on the page. `title` and `href` are for who looks after it; `answer` for product's one exception."""

    way: Way
    unit: str
    as_of: datetime | None
    title: str
    href: str
    answer: Step | None


def ways_of_person(request: HttpRequest, person_id: int) -> dict[str, Any]:
    """Return what the person's page shows to those who may look the person up; the page records the look."""
    ways = ways_of(person_id)
    return {"ways": ways, "lines": [_line(request, person_id, way) for way in ways.ways]}


def _line(request: HttpRequest, person_id: int, way: Way) -> Line:
    message, account = way.message, request.user
    own = may_change(account, message)
    try:
        unit = counted_unit(person_id, message)
    except NotFound:
        unit = 0
    return Line(
        way=way,
        unit=unit_titles([unit]).get(unit, ""),
        as_of=message.frozen_at if message.audience_mode == Message.AudienceMode.FROZEN else None,
        title=way.title if own else "",
        href=reverse("delivery_desk:channels_of", args=[message.pk]) if own else "",
        answer=_answer(account, message, person_id, unit),
    )


def _answer(account: Any, message: Message, person_id: int, unit_id: int) -> Step | None:
    said = look_answer(actor=account, message=message, person_id=person_id, unit_id=unit_id)
    if said is None:
        return None
    if not said:
        return Step(
            "", _("has not answered yet"), _("Call, and note nothing: silent does not mean careless."), well=False
        )
    return Step("", _("has answered"))
