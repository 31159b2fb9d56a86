"""Why a roster file cannot be read at all; each says what to do about it."""

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal


class UnreadableRoster(Refusal):
    """The file is no table, or no table of people is in it."""

    code = "unreadable"
    status = 422
    sentence = _("This file cannot be read as a table. Save it as .xlsx in Excel or WPS and choose it again.")


class NoHeader(UnreadableRoster):
    """No row names the columns that are needed; a person may say which column is which."""

    sentence = _("No header row was found: there must be a row with at least a staff number, a name and a unit column.")


class Damaged(UnreadableRoster):
    """The file breaks off, or its bytes were changed on the way."""

    code = "damaged"
    sentence = _("The file is damaged or breaks off in the middle. Export or download it again, then choose it again.")


class TooMuchInside(UnreadableRoster):
    """The file unpacks to far more than a roster can hold: an accident or an attack."""

    code = "too_much_inside"
    sentence = _("The file unpacks to far more than a roster can hold. Copy the table into a new workbook.")


class Protected(UnreadableRoster):
    """The workbook is encrypted."""

    code = "protected"
    sentence = _("The workbook is protected by a password. Take the password off in Excel or WPS and choose it again.")


class OtherKind(UnreadableRoster):
    """The file is something else under the name of a table."""

    code = "other_kind"


class WrongEncoding(UnreadableRoster):
    """A text file whose bytes are no text in any encoding that rosters come in."""

    code = "encoding"
