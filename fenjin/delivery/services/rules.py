"""How a space sends: up to how many people alone, and how many minutes a week are enough."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit import services as audit
from fenjin.delivery.access import SEND, may_set_rules
from fenjin.delivery.models import SendingRules
from fenjin.delivery.services.freezing import SendRefusal
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.spaces.access import roles_with

MOST_PEOPLE: Final = 10_000_000
MOST_MINUTES: Final = 600


class BadLimit(SendRefusal):
    code = "bad_limit"
    status = 422
    sentence = _("Give a head count of at least one for a role that sends, and between 1 and 600 minutes a week.")


@transaction.atomic
def set_sending_rules(*, actor: Any, space_id: int, limits: Mapping[str, int], weekly_minutes: int) -> SendingRules:
    """Set above which head count each role of a space asks a second person; a role that is left out asks nobody.

    What waits already goes on waiting. Raises NotFound, BadLimit.
    """
    if not may_set_rules(actor.membership, space_id):
        raise NotFound
    known = roles_with(SEND)
    if not 1 <= weekly_minutes <= MOST_MINUTES or any(
        role not in known or not 1 <= people <= MOST_PEOPLE for role, people in limits.items()
    ):
        raise BadLimit
    values = {"limits": dict(limits), "weekly_minutes": weekly_minutes, "set_by_id": actor.pk, "set_at": clock.now()}
    with every_space(Reason.DELIVERY):
        row: SendingRules
        row, _made = SendingRules.objects.update_or_create(space_id=space_id, defaults=values)
    details = {"limits": dict(limits), "weekly_minutes": weekly_minutes}
    audit.record(actor=actor, act="delivery.rules", target=("space", space_id), space_id=space_id, details=details)
    return row
