"""The demo company, for looking at every screen."""

import pytest

from tests.accessibility.furnished import Furnished, furnish
from tests.journeys.conftest import Company, company

__all__ = ["company"]


@pytest.fixture
def furnished(company: Company) -> Furnished:
    """Give the demo company, with something on every page of its employee."""
    return furnish(company.employee)
