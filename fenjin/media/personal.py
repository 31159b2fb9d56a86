"""What media keeps about a person: the pictures that the account brought in."""

from django.utils.translation import gettext as _

from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.media.models import Picture
from fenjin.people.register import Fate, Sheet, Subject


def collect(subject: Subject) -> list[Sheet]:
    """Return the pictures of an account."""
    with every_space(Reason.OWN_ROWS):
        mine = Picture.objects.filter(uploaded_by_user=subject.account_id) if subject.account_id else ()
        rows = list(listing(mine.order_by("-created_at", "-pk"))) if mine != () else []  # type: ignore[union-attr]
    return [
        Sheet(
            key="pictures",
            title=_("Pictures you brought in as an editor"),
            columns=(_("Title"), _("When")),
            rows=tuple((row.title, record_time(row.created_at)) for row in rows),
            source=_("uploaded by yourself, in the studio"),
            until=_("kept with the articles that show them"),
        )
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that pictures stay: published articles show them."""
    (sheet,) = collect(subject)
    why = _("published articles show them; your name is not on them")
    return [Fate(sheet.title, len(sheet.rows), goes=False, why=why)] if sheet.rows else []
