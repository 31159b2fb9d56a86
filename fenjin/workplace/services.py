"""The ways out: which there are here, and the connector behind each."""

from typing import Final

from django.conf import settings
from django.utils.module_loading import import_string

from fenjin.workplace import faults
from fenjin.workplace.connectors.console import sent as sent_on_console
from fenjin.workplace.connectors.mail import Mail
from fenjin.workplace.connectors.texts import Texts
from fenjin.workplace.register import CHANNELS, EMAIL, SMS, WORKPLACE, NotConfigured, WorkplaceConnector

__all__ = ["CHANNELS", "EMAIL", "SMS", "WORKPLACE", "available", "connector", "inject_faults", "sent_on_console"]

_OURS: Final = {
    "standalone": "fenjin.workplace.connectors.base.Standalone",
    "console": "fenjin.workplace.connectors.console.Console",
}
inject_faults = faults.inject


def connector(channel: str) -> WorkplaceConnector:
    """Return what carries messages on a channel; raises NotConfigured for a name that leads nowhere."""
    if channel == EMAIL:
        return Mail()
    if channel == SMS:
        return Texts()
    name = settings.WORKPLACE
    try:
        made: WorkplaceConnector = import_string(_OURS.get(name, name))()
    except ImportError as error:
        raise NotConfigured(f"WORKPLACE names {name!r}, which is not there.", "no_connector") from error
    return made


def available() -> tuple[str, ...]:
    """Return the channels that are set up here, the quietest first."""
    ready = {EMAIL: bool(settings.EMAIL_URL), SMS: bool(settings.SMS_SENDER)}
    try:
        ready[WORKPLACE] = connector(WORKPLACE).caps.rings
    except NotConfigured:
        ready[WORKPLACE] = False
    return tuple(channel for channel in CHANNELS if ready[channel])
