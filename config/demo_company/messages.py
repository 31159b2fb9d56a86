"""The messages of the demo, and the people who have read them so far."""

import random
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from fenjin.delivery.selectors import get_message_for
from fenjin.delivery.services import Due, Sending, approve_message, confirm_message, open_message, send_message
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.newsroom.models import Article
from fenjin.people.models import Person, Unit
from fenjin.spaces.models import Space

MOST_READERS = 400  # of a large company only so many are played, whatever its size
HERE = ZoneInfo(settings.TIME_ZONE)


def send_all(cast: Any, articles: dict[str, Article]) -> None:
    """Send three messages and let some people open and confirm them."""
    now = clock.now()
    group = Unit.objects.get(parent__isnull=True, closed_on__isnull=True)
    east = Space.objects.get(pk=articles["gate"].space_id)
    quality = Unit.objects.get(name="质检中心", space=east)
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:MOST_READERS])
    me = cast.employee.person_id

    everybody = {"any": [{"unit": group.pk}], "none": []}
    with clock.pretend(now - timedelta(hours=44)):
        privacy = _send(
            cast.editor, GROUP_SPACE, articles["privacy"], everybody, due=_in_days(now, 5), key="demo-privacy"
        )
        privacy = _with_consent(cast, privacy)
    _read(privacy, [pk for pk in people if pk != me], now, share=0.86, confirmed=0.93, seed=1, hours=40)
    with clock.pretend(now - timedelta(hours=20)):
        winter = _send(cast.editor, GROUP_SPACE, articles["winter"], everybody, due=_in_days(now, 2), key="demo-winter")
        winter = _with_consent(cast, winter)
    _read(winter, [pk for pk in people if pk != me], now, share=0.68, confirmed=0.84, seed=2, hours=19)
    with clock.pretend(now - timedelta(hours=9)):
        rule = {"any": [{"unit": east.root_unit_id}], "none": [{"unit": quality.pk}]}
        gate = _send(cast.space_editor, east.pk, articles["gate"], rule, due=None, key="demo-gate")
    _read(gate, [pk for pk in people if pk != me], now, share=0.55, confirmed=0, seed=3, hours=8)
    # The employee of the story has done one thing today; one is open.
    with clock.pretend(now - timedelta(minutes=20)):
        _open(me, privacy.pk, confirm=True)


def _with_consent(cast: Any, message: Any) -> Any:
    """Let the group's publisher approve what a large company's editor may not send alone."""
    return approve_message(actor=cast.moderator, message_id=message.pk) if message.waits else message


def _send(actor: Any, space_id: int, article: Article, rule: dict[str, Any], *, due: Due | None, key: str) -> Any:
    return send_message(
        actor=actor,
        space_id=space_id,
        sending=Sending(
            kind="article",
            content_id=article.pk,
            rule=rule,
            importance="confirm" if due else "ordinary",
            due=due,
        ),
        key=key,
    )


def _in_days(now: datetime, days: int) -> Due:
    return Due((now.astimezone(HERE) + timedelta(days=days)).date(), time(18, 0), settings.TIME_ZONE)


def _read(
    message: Any, people: list[int], now: datetime, *, share: float, confirmed: float, seed: int, hours: int
) -> None:
    """Let a share of people open the message, most of them soon after it came, and some confirm it."""
    rng = random.Random(seed)
    for person in people:
        chance, soon, confirms = rng.random(), rng.random() ** 2.5, rng.random()
        if chance < share:
            with clock.pretend(now - timedelta(hours=hours * (1 - soon))):
                _open(person, message.pk, confirm=confirms < confirmed)


def _open(person_id: int, message_id: int, *, confirm: bool) -> None:
    try:
        found = get_message_for(person_id, message_id)
    except NotFound:
        return  # this one was not written to
    open_message(person_id=person_id, message=found.message)
    if confirm:
        confirm_message(
            person_id=person_id,
            message=found.message,
            version=found.version.number,
            key=f"demo-{message_id}-{person_id}",
        )
