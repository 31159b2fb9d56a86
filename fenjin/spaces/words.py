"""How the acts of spaces are called in the log."""

from django.utils.translation import gettext_lazy as _

SPACE = _("Sub-platform")
ACTS = {
    "spaces.role_give": _("Role given"),
    "spaces.role_end": _("Role ended"),
    "spaces.hand_over": _("Things of a leaver handed over"),
    "spaces.open": _("Sub-platform opened"),
    "spaces.change": _("Settings of a sub-platform changed"),
    "spaces.group_name": _("Group named after its top unit"),
}
