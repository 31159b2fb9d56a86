"""What every component has in common."""

from typing import ClassVar, Literal

from django.utils.functional import Promise

type Words = str | Promise
# "urgent" is red in every sub-platform, whatever its brand: an emergency must not look green.
Tone = Literal["zhu", "jin", "qing", "lan", "zi", "plain", "urgent"]


class Component:
    """Anything with a template of its own under templates/components/."""

    template: ClassVar[str] = ""
    # The same fields look the same for everybody who reads the same language, so it is drawn once for all of them
    # (kit.drawn). Only for templates that use nothing but `c`: no form's token, no frame, no clock.
    alike: ClassVar[bool] = False
