"""Django's session interface over our own table: one cookie, one row, and the row can be revoked.

The cookie holds 256 random bits; the row holds their SHA-256, so that a copy of the database opens
no session. `SessionStore.row` gives views the strength of the session without a second query.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError

from fenjin.kit import clock
from fenjin.people.models import Session
from fenjin.people.register import hash_of, read_session

# `last_seen_at` and the sliding end are written at most this often, so that reading writes nothing.
SEEN_EVERY = timedelta(hours=1)


class SessionStore(SessionBase):
    """A session backed by people.Session."""

    row: Session | None = None
    account: Any = None  # the account that came with the row, its rights included

    def load(self) -> dict[str, Any]:
        """Return the session's data; an unknown, expired or revoked key gives an empty new session."""
        found = read_session(hash_of(self.session_key), clock.now()) if self.session_key else None
        if found is None:
            self._session_key = None
            return {}
        self.row, self.account = found
        self._touch(found[0])
        data: dict[str, Any] = found[0].data
        return data

    def _touch(self, row: Session) -> None:
        now = clock.now()
        if now - row.last_seen_at < SEEN_EVERY:
            return
        row.last_seen_at, row.expires_at = now, now + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        row.save(update_fields=["last_seen_at", "expires_at"])
        self.modified = True  # the cookie slides with the row

    def exists(self, session_key: str) -> bool:
        """Tell whether a row for this cookie value exists."""
        return Session.objects.filter(key_hash=hash_of(session_key)).exists()

    def create(self) -> None:
        """Give the session a key and a row."""
        self._session_key = secrets.token_urlsafe(32)
        self.row = None
        self.modified = True
        self.save(must_create=True)

    def save(self, must_create: bool = False) -> None:
        """Write the data; raises UpdateError when the row was revoked or deleted meanwhile."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        account = data.get(SESSION_KEY)
        values = {"data": data, "account_id": int(account) if account else None}
        if must_create:
            now = clock.now()
            ends = now + timedelta(seconds=settings.SESSION_COOKIE_AGE)
            self.row = Session.objects.create(
                key_hash=hash_of(self.session_key), last_seen_at=now, expires_at=ends, **values
            )
            return None
        changed = Session.objects.filter(key_hash=hash_of(self.session_key), revoked_at__isnull=True).update(**values)
        if not changed:
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        """Revoke the session: the row stays as a record, the cookie opens nothing any more."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(key_hash=hash_of(key), revoked_at__isnull=True).update(revoked_at=clock.now())

    def cycle_key(self) -> None:
        """Take a new cookie value for the same row, at sign-in."""
        data = self._session  # type: ignore[attr-defined]
        old = self.session_key
        self._session_cache = data
        if old:
            self.delete(old)
        self.create()

    @classmethod
    def clear_expired(cls) -> None:
        """Delete rows that ended more than 180 days ago (security records are kept that long)."""
        Session.objects.filter(expires_at__lt=clock.now() - timedelta(days=180)).delete()
