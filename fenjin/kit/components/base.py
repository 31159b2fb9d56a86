"""What every component has in common."""

from typing import ClassVar, Literal

from django.utils.functional import Promise

type Words = str | Promise
Tone = Literal["zhu", "jin", "qing", "lan", "zi", "plain"]


class Component:
    """Anything with a template of its own under templates/components/."""

    template: ClassVar[str] = ""
