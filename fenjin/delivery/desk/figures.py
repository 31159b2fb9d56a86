"""Coverage as lines of words and numbers: the page and the files draw the same ones."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenjin.delivery import asking
from fenjin.delivery.models import Message
from fenjin.delivery.selectors import Coverage
from fenjin.delivery.suppression import Figures
from fenjin.kit.components import Bar


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a coverage page or file."""

    name: str
    figures: Figures
    note: str = ""
    href: str = ""
    css: str = ""
    shown: bool = True  # False: fewer than five people, the numerators stay hidden

    @property
    def opened_percent(self) -> str:
        """Return the part that opened, in words: 66.7%."""
        return percent(self.figures.opened_rate)

    @property
    def confirmed_percent(self) -> str:
        """Return the part that confirmed, in words."""
        return percent(self.figures.confirmed_rate)

    @property
    def bar(self) -> Bar:
        """Return the bar: those who confirmed in front of those who opened."""
        label = _("%(name)s: of %(people)s people %(opened)s opened, %(confirmed)s confirmed") % {
            "name": self.name,
            "people": self.figures.people,
            "opened": self.figures.opened,
            "confirmed": self.figures.confirmed,
        }
        return Bar(self.figures.confirmed, self.figures.people, label, wider=self.figures.opened)


def percent(rate: float) -> str:
    """Return a rate with one decimal; never 100% before all are there, never 0% once one is."""
    tenths = int(rate * 1000)
    if 0 < rate < 1:
        tenths = min(max(tenths, 1), 999)
    return f"{tenths / 10:.1f}".removesuffix(".0") + "%"


def whole_line(page: Coverage) -> Line:
    """Return the line of all that is looked at."""
    name = page.unit_name or _("All your units")
    return Line(name, page.total, css="total", shown=page.total.enough)


def lines_of(page: Coverage) -> list[Line]:
    """Return the lines below: units, people directly in the unit, and small units together."""
    lines = [
        Line(
            _("Directly in %(unit)s") % {"unit": row.name} if row.direct else row.name,
            row.figures,
            href=address(page, row.unit_id) if row.deeper and not row.direct else "",
        )
        for row in page.rows
    ]
    if page.merged is not None:
        count = len(page.merged_names)
        together = ngettext("%(count)s part together", "%(count)s parts together", count) % {"count": count}
        note = _("%(what)s: %(names)s") % {"what": together, "names": _("; ").join(page.merged_names)}
        lines.append(Line(_("Other small units"), page.merged, note=note, css="merged"))
    return lines


def address(page: Coverage, unit_id: int | None = None, form: str = "") -> str:
    """Return the address of a coverage page, or with `form` of its file, for one unit."""
    arguments: dict[str, Any] = {"message_id": page.message.pk}
    if form:
        found = reverse("delivery_desk:coverage_file", kwargs=arguments | {"form": form})
    else:
        found = reverse("delivery_desk:coverage", kwargs=arguments)
    return f"{found}?{urlencode({'unit': unit_id})}" if unit_id else found


def as_of(at: datetime, *, live: bool = True) -> str:
    """Return how fresh a number is, in words: counted while the page was drawn, or by a job before."""
    said = _("counted at %(time)s") if live else _("as of %(time)s")
    return said % {"time": timezone.localtime(at).strftime("%H:%M:%S")}


def _confirmed(message: Message, last: int) -> str:
    """Return what counts as confirmed: each way of it has its own words."""
    under = {"number": last, "first": message.confirm_from}
    if message.confirm_from == last:
        words = {
            asking.BUTTON: _("People who pressed “I have read and understood this” under version %(number)s."),
            asking.WRITTEN: _("People who answered in words of their own under version %(number)s."),
            asking.PHOTO: _("People who sent a photo under version %(number)s."),
            asking.QUESTION: _("People who chose the right answer to the question under version %(number)s."),
        }
    else:
        words = {
            asking.BUTTON: _(
                "People who pressed “I have read and understood this” under version %(first)s or a later one."
            ),
            asking.WRITTEN: _("People who answered in words of their own under version %(first)s or a later one."),
            asking.PHOTO: _("People who sent a photo under version %(first)s or a later one."),
            asking.QUESTION: _(
                "People who chose the right answer to the question under version %(first)s or a later one."
            ),
        }
    return words[message.confirm_by] % under


def definitions(page: Coverage) -> list[tuple[str, str]]:
    """Return what each number means, and how fresh it is."""
    fresh = _("Numbers by unit: %(when)s.") % {"when": as_of(page.at, live=page.live)}
    if page.message.audience_mode == Message.AudienceMode.LIVING:
        audience = _(
            "Whoever fits the rule now, each person once, and whoever has opened it, also after leaving; "
            "counted about once a minute."
        )
    else:
        audience = _("Everybody the message was sent to, by the posts at the moment of sending; each person once.")
    said = [
        (_("Audience"), audience),
        (
            _("Reached"),
            _("Opened it, can sign in, or was taken on by a channel; the others are unreachable. Once a minute."),
        ),
        (_("Opened it"), _("People of the audience who opened the message page at least once.")),
    ]
    if page.message.asks_confirmation:
        said.append((_("Confirmed"), _confirmed(page.message, page.version.number)))
    told = _(
        "How many heard it read aloud, as supervisors say. Never part of opened or confirmed; some may be in both."
    )
    return [*said, (_("Told"), told), (_("Freshness"), fresh)]
