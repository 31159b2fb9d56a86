"""What a change of a person may be refused for."""

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal


class NumberTaken(Refusal):
    """A staff number names one person within its numbering."""

    code = "number_taken"
    status = 422
    sentence = _("Somebody else has this staff number. Look the number up in the list of people.")


class BadNumber(Refusal):
    """The staff number does not look like one."""

    code = "bad_number"
    status = 422
    sentence = _("This is not a staff number as they are here. Identity-card numbers are never stored.")


class NoName(Refusal):
    """Everybody is here under the real name."""

    code = "no_name"
    status = 422
    sentence = _("Enter the name as it stands in the papers.")


class LeaveInstead(Refusal):
    """Leaving is more than a status."""

    code = "leave_instead"
    status = 422
    sentence = _("Leaving ends posts and sign-in: use “Leave”.")


class StillHere(Refusal):
    """Somebody who has not left cannot come back."""

    code = "still_here"
    sentence = _("This person has not left.")
