"""What a change of the tree may be refused for."""

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal


class TreeRefusal(Refusal):
    """A change that would break the tree."""

    code = "tree"


class NameTaken(TreeRefusal):
    code = "unit_name_taken"
    sentence = _("There is already a unit of this name in the same place. Choose another name.")


class UnitClosed(TreeRefusal):
    code = "unit_closed"
    sentence = _("This unit is closed.")


class IntoItself(TreeRefusal):
    code = "unit_into_itself"
    sentence = _("A unit cannot be moved into itself or into a unit below it.")


class SpacesNest(TreeRefusal):
    code = "spaces_nest"
    sentence = _("One sub-platform cannot lie within another.")


class UnitInUse(TreeRefusal):
    code = "unit_in_use"
    sentence = _("This unit still has people or open units. Move them first.")


class UnitBound(TreeRefusal):
    code = "unit_bound"
    sentence = _("Somebody holds a role for this unit or one below it. Take the role back first.")


class UnknownZone(TreeRefusal):
    code = "unknown_zone"
    status = 422
    sentence = _("This is not the name of a time zone. Choose one from the list, for example Asia/Urumqi.")


class RootStays(TreeRefusal):
    code = "unit_root"
    sentence = _("The top unit stays where it is and belongs to the group.")
