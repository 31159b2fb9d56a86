"""What media keeps about a person: the pictures and files that the account brought in."""

from django.utils.translation import gettext as _

from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.media.models import MediaFile, Picture
from fenjin.people.register import Fate, Sheet, Subject


def collect(subject: Subject) -> list[Sheet]:
    """Return the pictures and files of an account."""
    account = subject.account_id or 0
    with every_space(Reason.OWN_ROWS):
        pictures = list(listing(Picture.objects.filter(uploaded_by_user=account).order_by("-created_at", "-pk")))
        files = list(listing(MediaFile.objects.filter(uploaded_by=account).order_by("-created_at", "-pk")))
    titles = {"pictures": _("Pictures you brought in as an editor"), "files": _("Files you brought in as an editor")}
    return [
        Sheet(
            key=key,
            title=titles[key],
            columns=(_("Title"), _("When")),
            rows=tuple((row.title, record_time(row.created_at)) for row in rows),
            source=_("uploaded by yourself, in the studio"),
            until=_("kept with the articles that show them"),
        )
        for key, rows in (("pictures", pictures), ("files", files))
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that pictures and files stay: published articles show them."""
    why = _("published articles show them; your name is not on them")
    return [Fate(sheet.title, len(sheet.rows), goes=False, why=why) for sheet in collect(subject) if sheet.rows]
