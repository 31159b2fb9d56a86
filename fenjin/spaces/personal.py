"""What spaces keeps about a person: the roles that the person holds or held."""

from django.utils.translation import gettext as _

from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.people.register import Fate, Sheet, Subject
from fenjin.spaces.models import RoleGrant


def collect(subject: Subject) -> list[Sheet]:
    """Return the roles of a person, also those that ended."""
    with every_space(Reason.OWN_ROWS):
        held = RoleGrant.objects.filter(person=subject.person_id).select_related("space")
        rows = list(listing(held.order_by("-given_at", "-pk")))
    return [
        Sheet(
            key="roles",
            title=_("Your roles"),
            columns=(_("Role"), _("Sub-platform"), _("From"), _("Until")),
            rows=tuple(
                (str(row.get_role_display()), row.space.name, record_time(row.given_at), record_time(row.ends_at))
                for row in rows
            ),
            source=_("by an administrator"),
            until=_("kept: who was allowed what must stay provable"),
        )
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that roles end, and that the record of them stays."""
    (sheet,) = collect(subject)
    why = _("roles in force end; that you held them must stay provable")
    return [Fate(sheet.title, len(sheet.rows), goes=False, why=why)] if sheet.rows else []
