"""What the studio says of an article that nobody can change just now."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import ScheduledForPublishLock

from fenjin.kit.wording import due_time


class PlannedLock(ScheduledForPublishLock):  # type: ignore[misc]
    """A version is planned: what comes out must be what was looked at."""

    def get_message(self, user: Any) -> str:
        """Say when it comes out, and how it can be changed."""
        planned = self.object.scheduled_revision
        return _("Comes out by itself: %(time)s. To change it, drop the plan first.") % {
            "time": due_time(planned.approved_go_live_at)
        }

    def get_locked_by(self, user: Any) -> str:
        """Say in two words why it is locked."""
        return _("Planned")

    def get_description(self, user: Any) -> str:
        """Say the same beside the status."""
        return self.get_message(user)
