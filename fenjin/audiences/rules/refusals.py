"""What a rule may be refused for, each with its cure."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal


class RuleRefusal(Refusal):
    """The rule does not say clearly who is meant. `where`: the keys and places down to the part at fault."""

    code = "audience_rule"
    status = 400
    sentence = _("The audience is not written in a form that we understand.")

    def __init__(self, sentence: Any = None) -> None:
        super().__init__(sentence)
        self.where: tuple[str | int, ...] = ()

    @property
    def place(self) -> str:
        """Return where the fault stands, as in “all 2 › any 1”; empty when it is the whole rule."""
        pairs = zip(self.where[::2], self.where[1::2], strict=False)
        return " › ".join(f"{key} {int(number) + 1}" for key, number in pairs)


class NobodyNamed(RuleRefusal):
    code = "audience_nobody_named"
    sentence = _("Say first who is meant: choose a unit, or name something else that people have in common.")


class TooManyUnits(RuleRefusal):
    code = "audience_too_many_units"
    sentence = _("An audience may name at most 1,000 units. Choose the unit above them instead.")


class TooManyParts(RuleRefusal):
    code = "audience_too_many_parts"
    sentence = _("An audience may have at most 100 conditions. Paste a list of staff numbers instead.")


class TooDeep(RuleRefusal):
    code = "audience_too_deep"
    sentence = _("Groups may stand in groups four deep. Save the inner part apart, or write it flatter.")
