"""The system administrator describes sign-in services of other systems; secrets are sealed and never shown again."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock, vault
from fenjin.kit.errors import Refusal
from fenjin.people.access import require_office
from fenjin.people.models import Account, Administrator, Installation
from fenjin.people.outside import ways
from fenjin.people.selectors.installations import SEALED_FOR, setup_of


class NumberingNeeded(Refusal):
    """Matching by number needs to know whose numbers they are."""

    code = "numbering_needed"
    status = 422
    sentence = _("Choose whose staff numbers the user ids are.")


@transaction.atomic
def save_installation(
    *,
    actor: Account,
    installation: Installation | None,
    kind: str,
    name: str,
    options: dict[str, Any],
    secret: str,
    match: str,
    numbering_id: int | None,
) -> Installation:
    """Add or change a service; an empty `secret` keeps the one there. Raises NotYourOffice, NumberingNeeded."""
    require_office(actor, Administrator.Office.SYSTEM)
    if match == Installation.Match.NUMBER and numbering_id is None:
        raise NumberingNeeded
    row = installation or Installation(kind=Installation.Kind(kind), key=_new_key(kind), made_at=clock.now())
    row.name, row.options, row.match, row.changed_at = name, options, match, clock.now()
    row.numbering_id = numbering_id if match == Installation.Match.NUMBER else None
    if secret:
        row.secret = vault.seal(secret, purpose=SEALED_FOR)
    row.save()
    act = "people.installation_change" if installation else "people.installation_add"
    details = {"key": row.key, "match": match, "secret": bool(secret)}
    record(actor=actor, act=act, target=("installation", row.pk), details=details)
    return row


def _new_key(kind: str) -> str:
    """Return a key that no other has: it stands in the address which the other system must be told."""
    taken = set(Installation.objects.values_list("key", flat=True))
    return next(key for number in range(1, 10_000) if (key := f"{kind}-{number}") not in taken)


@transaction.atomic
def switch_installation(*, actor: Account, installation: Installation, enabled: bool) -> None:
    """Put a service on the sign-in page, or take it off; raises NotYourOffice. Links stay."""
    require_office(actor, Administrator.Office.SYSTEM)
    Installation.objects.filter(pk=installation.pk).update(enabled=enabled)
    act = "people.installation_enable" if enabled else "people.installation_disable"
    record(actor=actor, act=act, target=("installation", installation.pk), details={"key": installation.key})


def test_installation(*, actor: Account, installation: Installation) -> list[str]:
    """Try the connection and return what was found, a line each; raises NotYourOffice, OutsideFailed with its cure."""
    require_office(actor, Administrator.Office.SYSTEM)
    return ways.way_of(installation.kind).test(setup_of(installation, afresh=True))
