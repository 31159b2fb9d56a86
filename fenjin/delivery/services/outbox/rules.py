"""A space says what rings when: quiet hours, steps of the ladder, days off."""

from datetime import date, time
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.models import Holiday, RingRules
from fenjin.delivery.ringing import EMERGENCY
from fenjin.delivery.selectors.outbox.rules import HOUSE_STEPS
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.access import may_set_up
from fenjin.workplace.register import CHANNELS

LATEST: Final = 14 * 24 * 60
MOST_DAYS: Final = 400


class RulesChanged(Refusal):
    """Somebody else saved in between."""

    code = "ring_rules_changed"
    sentence = _("Somebody else changed this meanwhile. Look at it as it is now, and save again.")


class BadRules(Refusal):
    """Hours or steps that cannot be."""

    code = "ring_rules_bad"
    status = 422
    sentence = _("Give both quiet hours or neither, and steps between 0 minutes and 14 days.")


@transaction.atomic
def set_ring_rules(
    *,
    actor: Any,
    space_id: int,
    seen: int,
    quiet: tuple[time, time] | None,
    steps: dict[str, dict[str, int]],
) -> None:
    """Say from when to when nothing rings (None: never quiet), and when each channel's turn comes.

    Steps of an emergency cannot be put off. `seen` is the revision that was looked at. Holds for what is sent from
    now on; quiet hours at once. Raises NotFound, RulesChanged, BadRules.
    """
    _require(actor, space_id)
    if (quiet is not None and quiet[0] == quiet[1]) or not _sound(steps):
        raise BadRules
    with every_space(Reason.DELIVERY):
        row = RingRules.objects.select_for_update().filter(space=space_id).first()
        if (row.revision if row else 0) != seen:
            raise RulesChanged
        row = row or RingRules(space_id=space_id, revision=0)
        row.quiet_from, row.quiet_until = quiet or (None, None)
        row.steps, row.revision = steps, row.revision + 1
        row.save()
    _record(actor, space_id, {"quiet": [f"{hour:%H:%M}" for hour in quiet or ()], "steps": steps})


def _sound(steps: dict[str, dict[str, int]]) -> bool:
    known = set(HOUSE_STEPS) - {EMERGENCY}
    return all(
        importance in known and all(channel in CHANNELS and 0 <= minutes <= LATEST for channel, minutes in said.items())
        for importance, said in steps.items()
    )


@transaction.atomic
def set_holidays(*, actor: Any, space_id: int, year: int, days: dict[date, str]) -> None:
    """Say on which days of a year nothing rings for the people of a space; they take the place of those before.

    Raises NotFound, BadRules (a day of another year, or too many).
    """
    _require(actor, space_id)
    if len(days) > MOST_DAYS or any(day.year != year for day in days):
        raise BadRules
    with every_space(Reason.DELIVERY):
        Holiday.objects.filter(space=space_id, day__year=year).delete()
        Holiday.objects.bulk_create(
            [Holiday(space_id=space_id, day=day, name=name[:40]) for day, name in sorted(days.items())]
        )
    _record(actor, space_id, {"year": year, "days": [f"{day:%m-%d}" for day in sorted(days)]})


def _require(actor: Any, space_id: int) -> None:
    if not may_set_up(actor.membership, space_id):
        raise NotFound


def _record(actor: Any, space_id: int, details: dict[str, Any]) -> None:
    audit.record(actor=actor, act="delivery.ring_rules", target=("space", space_id), space_id=space_id, details=details)
