"""To whom: the panel of the picker. What is chosen there is the draft's (`desk.draft`), not a field's."""

from django.utils.translation import gettext_lazy as _

from fenjin.delivery.forms.part import Part


class AudiencePart(Part):
    """The place of the picker among the panels."""

    key = "audience"
    title = _("To whom")
