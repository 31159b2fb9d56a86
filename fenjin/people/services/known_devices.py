"""A cookie that says: on this device the owner of an account has signed in before.

It opens nothing. It lets the owner's own device be counted by itself at the sign-in door, so that
somebody who guesses at the name from elsewhere cannot shut the owner out. After the scheme
"device cookies" of the Open Worldwide Application Security Project.
"""

import secrets
from typing import Final

from django.core import signing

from fenjin.people.models import Account

COOKIE: Final = "fenjin_device"
LASTS_SECONDS: Final = 400 * 24 * 3600
_SALT: Final = "people.known_device"


def device_cookie(account: Account) -> str:
    """Return a fresh value of the cookie for a device on which the account has just signed in."""
    return signing.dumps({"account": account.pk, "device": secrets.token_urlsafe(12)}, salt=_SALT)


def known_device(cookie: str, accounts: list[Account]) -> str:
    """Return a name for the device if its cookie is ours and belongs to one of the accounts, else an empty text."""
    if not cookie or len(cookie) > 400:
        return ""
    try:
        kept = signing.loads(cookie, salt=_SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        return ""
    return str(kept["device"]) if kept["account"] in {account.pk for account in accounts} else ""
