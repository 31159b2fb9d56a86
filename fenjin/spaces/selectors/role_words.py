"""The roles as people read them."""

from typing import Any

from fenjin.spaces.models import RoleGrant


def role_choices() -> list[tuple[str, Any]]:
    """Return each role with its name, for choosing."""
    return list(RoleGrant.Role.choices)
