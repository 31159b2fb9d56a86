"""What is looked at, and what is found."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Level(enum.Enum):
    """How much it matters: somebody is shut out, or somebody has to read twice."""

    SHUT_OUT = "shut-out"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: a sentence that tells the cure, the words it is about, the part where they stand."""

    level: Level
    sentence: Any
    words: str = ""
    part: int | None = None  # number of the part in the body, from 1


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it stands in the form, in one language."""

    title: str
    lead: str
    body: Any
    english: bool = False
    has_cover: bool = True
    alts: Mapping[int, str] = field(default_factory=dict)  # words kept with the pictures
    transcripts: Mapping[int, str] = field(default_factory=dict)  # words kept with the recordings
