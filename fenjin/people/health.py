"""What `fenjin doctor` says of the three offices."""

from fenjin.kit.doctor import Advice
from fenjin.people.selectors.offices import console_terms, empty_offices


def offices() -> str | None:
    """Return the cure for an office that nobody holds, and advice about one given on the console."""
    if empty := empty_offices():
        return f"Nobody holds: {', '.join(empty)}. Run: fenjin office give {empty[0]} NAME"
    told = [f"{term.office} to {term.account.operator_name} on {term.given_at:%Y-%m-%d}" for term in console_terms()]
    return Advice(f"Given on this console, past the administrators: {'; '.join(told)}.") if told else None
