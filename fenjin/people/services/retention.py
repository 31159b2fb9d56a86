"""How long data stay: set by an administrator within the bounds of law, applied every night, written down."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.people.access import NotYourOffice
from fenjin.people.models import Account, Administrator, RetentionSetting
from fenjin.people.register import retentions
from fenjin.people.selectors.retention import all_days, cut


class OutOfBounds(Refusal):
    """The days are fewer than the law asks, or more than was promised."""

    code = "retention_out_of_bounds"
    status = 422
    sentence = _("One of the times is shorter than the law asks or longer than the notice promises.")


@transaction.atomic
def set_retention(*, actor: Account, days: Mapping[str, int]) -> list[str]:
    """Set how many days kinds of data stay; return the keys that changed. Nothing is deleted before the night.

    Raises NotYourOffice, OutOfBounds. Keys that nobody signed are left out.
    """
    offices = (Administrator.Office.SYSTEM, Administrator.Office.SECURITY)
    if not Administrator.objects.filter(account=actor, office__in=offices).exists():
        raise NotYourOffice
    in_force = all_days()
    changed = {}
    for kind in retentions():
        wanted = days.get(kind.key, in_force[kind.key])
        if not kind.floor <= wanted <= kind.ceiling:
            raise OutOfBounds
        if wanted != in_force[kind.key]:
            changed[kind.key] = [in_force[kind.key], wanted]
            RetentionSetting.objects.update_or_create(
                kind=kind.key, defaults={"days": wanted, "set_by": actor, "set_at": clock.now()}
            )
    if changed:
        record(actor=actor, act="people.retention_set", target=("retention", None), details={"days": changed})
    return sorted(changed)


def apply_retention() -> dict[str, int]:
    """Delete what is older than its time, kind by kind; return how many rows of each went. Runs every night.

    Each kind is its own transaction with its own row in the log, so that one that fails stops no other.
    """
    in_force, gone = all_days(), {}
    for kind in retentions():
        with transaction.atomic():
            gone[kind.key] = kind.purge(cut(in_force[kind.key]))
            details = {"kind": kind.key, "days": in_force[kind.key], "gone": gone[kind.key]}
            record(actor=None, act="people.retention_run", target=("retention", None), details=details)
    return gone
