"""What `fenjin doctor` says of the ways out."""

from fenjin.kit.doctor import Advice
from fenjin.workplace.register import NotConfigured
from fenjin.workplace.services import CHANNELS, available, connector


def channels() -> str | None:
    """Return the cure of a way out that is named but cannot be used, and advice about those that are not set up."""
    faults = []
    for channel in CHANNELS:
        try:
            connector(channel)
        except NotConfigured as fault:
            faults.append(f"{channel}: {fault.remedy}")
    if faults:
        return " ".join(faults)
    missing = [channel for channel in CHANNELS if channel not in available()]
    return Advice(f"Nothing rings by {', '.join(missing)}; see docs/howto/channels.md.") if missing else None
