"""What a reader does to confirm: press, write, photograph, or answer one question about the text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

BUTTON: Final = "button"
WRITTEN: Final = "written"
PHOTO: Final = "photo"
QUESTION: Final = "question"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose from; `why` is said to whoever chose a wrong one."""

    text: str
    right: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """How readers confirm. `named`: the sender's desk reads answers with names; without it, it reads none of them."""

    by: str = BUTTON
    prompt: str = ""
    named: bool = False
    choices: tuple[Choice, ...] = ()

    @property
    def answered(self) -> bool:
        """Tell whether a reader gives something with the confirmation that the sender's desk looks at."""
        return self.by in (WRITTEN, PHOTO)

    def as_json(self) -> dict[str, Any]:
        """Return the words as a message's row holds them; nothing for a button."""
        if self.by == BUTTON:
            return {}
        said: dict[str, Any] = {"prompt": self.prompt}
        if self.answered:
            said["named"] = self.named
        if self.by == QUESTION:
            said["choices"] = [{"text": one.text, "right": one.right, "why": one.why} for one in self.choices]
        return said

    @classmethod
    def read(cls, by: str, stored: str | Mapping[str, Any]) -> "Ask":
        """Return what a message's row holds, as JSON or as read from it."""
        said = json.loads(stored) if isinstance(stored, str) else stored
        choices = tuple(Choice(one["text"], one["right"], one["why"]) for one in said.get("choices", ()))
        return cls(by, said.get("prompt", ""), bool(said.get("named", False)), choices)


PLAIN: Final = Ask()
