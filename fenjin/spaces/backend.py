"""From an account to its rights: roles and offices, never Django's groups or superusers."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from fenjin.spaces.selectors import load_account, permissions_of


class AccountBackend(BaseBackend):
    """Loads the account of a session with everything that decides access, in one query."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Refuse: people.services.sign_in checks passwords, with throttling and audit."""

    def get_user(self, user_id: int) -> Any:
        """Return the active account with its `membership`, or None."""
        return load_account(user_id)

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        """Tell whether a current role of the account carries `perm`."""
        return perm in permissions_of(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Tell whether any permission of the app is carried by a current role."""
        return any(perm.startswith(f"{app_label}.") for perm in permissions_of(user_obj))

    def get_all_permissions(self, user_obj: Any, obj: object = None) -> set[str]:
        """Return every permission that the account's roles carry."""
        return set(permissions_of(user_obj))
