"""The demo company, for looking at every screen."""

from tests.journeys.conftest import company

__all__ = ["company"]
