"""What `fenjin doctor` says of the three offices, and of other systems' sign-in."""

from django.utils import translation

from fenjin.kit import vault
from fenjin.kit.doctor import Advice
from fenjin.people.outside.common import OutsideFailed
from fenjin.people.outside.ways import way_of
from fenjin.people.selectors.installations import list_enabled, setup_of
from fenjin.people.selectors.offices import console_terms, empty_offices


def offices() -> str | None:
    """Return the cure for an office that nobody holds, and advice about one given on the console."""
    if empty := empty_offices():
        return f"Nobody holds: {', '.join(empty)}. Run: fenjin office give {empty[0]} NAME"
    told = [f"{term.office} to {term.account.operator_name} on {term.given_at:%Y-%m-%d}" for term in console_terms()]
    return Advice(f"Given on this console, past the administrators: {'; '.join(told)}.") if told else None


def outside_sign_in() -> str | None:
    """Try each enabled sign-in service of another system, and return the cure of those that do not answer."""
    faults = []
    for installation in list_enabled():
        try:
            with translation.override("en"):
                way_of(installation.kind).test(setup_of(installation, afresh=True))
        except OutsideFailed as failed:
            faults.append(f"{installation.name} ({installation.key}): {failed.cure}")
        except vault.Unreadable:
            faults.append(
                f"{installation.name} ({installation.key}): its secret was sealed by another key. Type it again."
            )
    return " ".join(faults) or None
