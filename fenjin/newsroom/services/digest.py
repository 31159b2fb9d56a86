"""A checksum of what readers get to see of a version: two versions with the same words have the same one."""

import hashlib
import json
from typing import Any, Final

# What Wagtail keeps in a version beside the content: times, locks and states.
_NOT_CONTENT: Final = frozenset(
    {
        *("live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision"),
        *("latest_revision", "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by", "created_at"),
        "review_on",
    }
)


def digest_of(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a version's content in canonical JSON, as 64 hexadecimal digits."""
    kept = {key: value for key, value in content.items() if key not in _NOT_CONTENT}
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
