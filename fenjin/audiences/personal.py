"""What audiences keep about a person: on which lists of staff numbers somebody stands, and what somebody saved."""

from django.utils.translation import gettext as _

from fenjin.audiences.models import Audience, PersonList
from fenjin.audiences.services import erase_from_lists
from fenjin.kit.db import listing
from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.people.register import Fate, Sheet, Subject


def collect(subject: Subject) -> list[Sheet]:
    """Return the lists on which a person stands, and the audiences and lists that the person saved."""
    with every_space(Reason.OWN_ROWS):
        lists = PersonList.objects.defer("people", "unmatched").select_related("space").order_by("-created_at", "-pk")
        on = list(listing(lists.filter(people__contains=[subject.person_id])))
        made: list[Audience | PersonList] = []
        if subject.account_id:
            audiences = Audience.objects.filter(owner=subject.account_id).select_related("space")
            made = [
                *listing(audiences.order_by("-created_at", "-pk")),
                *listing(lists.filter(made_by=subject.account_id)),
            ]
    until = _("until it is put away")
    return [
        Sheet(
            key="person-lists",
            title=_("Lists of staff numbers that you are on"),
            columns=(_("List"), _("Sub-platform"), _("Saved at")),
            rows=tuple((row.name, row.space.name, record_time(row.created_at)) for row in on),
            source=_("pasted or uploaded by somebody who sends messages there"),
            until=until,
        ),
        Sheet(
            key="saved-audiences",
            title=_("Audiences and lists that you saved"),
            columns=(_("Called"), _("Sub-platform"), _("Saved at")),
            rows=tuple((row.name, row.space.name, record_time(row.created_at)) for row in made),
            source=_("made by yourself in the studio"),
            until=until,
        ),
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that the person goes from the lists, and that what was saved stays with the sub-platform."""
    on, made = collect(subject)
    why = _("they belong to the sub-platform, which goes on sending with them")
    found = [Fate(on.title, len(on.rows), goes=True)] if on.rows else []
    return found + ([Fate(made.title, len(made.rows), goes=False, why=why)] if made.rows else [])


def erase(subject: Subject) -> dict[str, int]:
    """Take a person off the lists; return off how many."""
    gone = erase_from_lists(subject.person_id)
    return {"person-lists": gone} if gone else {}
