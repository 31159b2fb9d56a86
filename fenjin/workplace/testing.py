"""Faults of the console connector, and what it carried, for everybody's tests."""

from fenjin.workplace.services import inject_faults, sent_on_console

__all__ = ["inject_faults", "sent_on_console"]
SAMPLE_URLS: dict[str, object] = {}
