"""The words of people that rooms above show in their own lists."""

from typing import Any, Final

from fenjin.people.models.persons import Status

# Whoever has left holds no post, so nobody asks for them.
STATUS_WORDS: Final[dict[str, Any]] = {status.value: status.label for status in Status if status != Status.LEFT}
