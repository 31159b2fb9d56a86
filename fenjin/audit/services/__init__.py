"""Writes to the audit trail and to the record of the doors."""

from fenjin.audit.services.doors import note_door
from fenjin.audit.services.events import Actor, record
from fenjin.audit.services.sealing import seal_events

__all__ = ["Actor", "note_door", "record", "seal_events"]
