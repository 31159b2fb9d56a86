"""What the newsroom keeps about a person: the articles that the account wrote."""

from django.utils.translation import gettext as _

from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.newsroom.models import Article
from fenjin.people.register import Fate, Sheet, Subject


def collect(subject: Subject) -> list[Sheet]:
    """Return the articles of an account."""
    with every_space(Reason.OWN_ROWS):
        mine = Article.objects.filter(author=subject.account_id) if subject.account_id else Article.objects.none()
        rows = list(listing(mine.only("title", "created_at", "first_published_at").order_by("-created_at", "-pk")))
    return [
        Sheet(
            key="articles",
            title=_("Articles you wrote as an editor"),
            columns=(_("Title"), _("Drafted"), _("Published")),
            rows=tuple((row.title, record_time(row.created_at), record_time(row.first_published_at)) for row in rows),
            source=_("written by yourself, in the studio"),
            until=_("kept with the articles: they are the company's"),
        )
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that articles stay: they belong to the company, and your name is not on them."""
    (sheet,) = collect(subject)
    why = _("they were written for the company; your name is not shown on them")
    return [Fate(sheet.title, len(sheet.rows), goes=False, why=why)] if sheet.rows else []
