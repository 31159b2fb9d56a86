"""The parts of the desk, in the order of its panels: one file, one template and one line here for each."""

from typing import Final

from fenjin.delivery.forms.part import Part
from fenjin.delivery.forms.parts.audience import AudiencePart
from fenjin.delivery.forms.parts.channels import ChannelsPart
from fenjin.delivery.forms.parts.confirming import ConfirmingPart
from fenjin.delivery.forms.parts.content import ContentPart
from fenjin.delivery.forms.parts.emergency import EmergencyPart
from fenjin.delivery.forms.parts.importance import ImportancePart
from fenjin.delivery.forms.parts.keeping import KeepingPart
from fenjin.delivery.forms.parts.reason import ReasonPart
from fenjin.delivery.forms.parts.reminders import RemindersPart
from fenjin.delivery.forms.parts.replies import RepliesPart
from fenjin.delivery.forms.parts.when import WhenPart

PARTS: Final[tuple[type[Part], ...]] = (
    ContentPart,
    AudiencePart,
    KeepingPart,
    ImportancePart,
    ConfirmingPart,
    ReasonPart,
    EmergencyPart,
    WhenPart,
    ChannelsPart,
    RepliesPart,
    RemindersPart,
)
