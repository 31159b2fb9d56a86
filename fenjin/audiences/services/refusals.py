"""What cannot be done with a saved audience or a list."""

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal


class AudienceRefusal(Refusal):
    """A saved audience stays as it was."""

    code = "audience"


class NameTaken(AudienceRefusal):
    code = "audience_name_taken"
    sentence = _("There is something saved under this name already. Choose another name.")


class NameMissing(AudienceRefusal):
    code = "audience_name_missing"
    status = 400
    sentence = _("Give it a name of at most 60 signs, so that you find it again.")


class ChangedMeanwhile(AudienceRefusal):
    code = "audience_changed_meanwhile"
    sentence = _(
        "Somebody else has changed this audience meanwhile. Open it again; your own rule is still in the address."
    )


class NothingToTakeBack(AudienceRefusal):
    code = "audience_nothing_to_take_back"
    sentence = _("There is no earlier form of this audience to go back to.")


class NoNumbers(AudienceRefusal):
    code = "person_list_no_numbers"
    status = 400
    sentence = _("There is no staff number in it. Paste one number a line, or upload a table with a column of them.")


class TooManyNumbers(AudienceRefusal):
    code = "person_list_too_many"
    status = 400
    sentence = _("A list may hold at most 50,000 staff numbers. Choose units for so many people.")


class FileUnreadable(AudienceRefusal):
    code = "person_list_file"
    status = 400
    sentence = _("This file cannot be read. Send an .xlsx or CSV file of at most 4 MB, or paste the numbers.")


class ListInUse(AudienceRefusal):
    code = "person_list_in_use"
    sentence = _("Saved audiences name this list: %(names)s. Take it out of them first.")
