"""What the review says before the press: who is kept away and why, what changed, what it costs, who must approve."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from fenjin.audiences.access import Reach, reach_of
from fenjin.audiences.selectors import Rule, compile_rule, count, parse_rule, shares_of, without_account
from fenjin.audiences.selectors.described import LeftOut, left_out, narrowed
from fenjin.delivery.access import SEND
from fenjin.delivery.desk.draft import sending_scope
from fenjin.delivery.desk.minutes import in_tenths, told
from fenjin.delivery.desk.state import Desk
from fenjin.delivery.models import Approval
from fenjin.delivery.selectors.approvals import Need, need_for, sending_rules, somebody_may_approve, why_nobody
from fenjin.delivery.selectors.burden import load_of
from fenjin.delivery.selectors.last_time import LastTime, last_time
from fenjin.delivery.services import Sending
from fenjin.delivery.services.words import freeze_words
from fenjin.delivery.suppression import FEWEST
from fenjin.kit.components import Bar
from fenjin.kit.scope import Reason, every_space, use_scope
from fenjin.people.selectors.branches import units_by_id
from fenjin.spaces.selectors import space_names

COUNTED_AT_ONCE: Final = 20_000  # people whose accounts are counted while the page is made


@dataclass(frozen=True, slots=True)
class Burden:
    """Minutes of attention: asked in the last seven days, by whom, and with this message."""

    before: str
    own: str
    after: str
    enough: int
    too_much: bool
    by: tuple[Bar, ...]
    most: str
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """All of it; `alone`: approval is needed, and nobody else here may give it."""

    spaces: tuple[Bar, ...]
    kept_away: tuple[LeftOut, ...]
    no_account: int | None  # None: so many people that it is counted after the page (`review.review_accounts`)
    last: LastTime | None
    change: tuple[str, ...]
    burden: Burden
    need: Need | None
    need_words: str
    alone: bool
    alone_words: str


def look_ahead(desk: Desk, sending: Sending) -> Outlook:
    """Return what is to be known before the press. Raises what freezing the content refuses."""
    reach, rule = reach_of(desk.membership, desk.space_id, SEND), parse_rule(sending.rule)
    meant, people = compile_rule(rule, reach), desk.audience.people
    before = last_time(desk.space_id, rule.as_json(), meant, people)
    need = need_for(desk.membership, desk.space_id, people=people, importance=sending.importance)
    but = desk.membership.person_id
    alone = need is not None and not somebody_may_approve(desk.space_id, but=but, why=need.why)
    return Outlook(
        spaces=_bars([(share.name, share.people) for share in shares_of(desk.audience.units)]),
        kept_away=tuple(_kept_away(rule, reach, people)),
        no_account=without_account(meant) if people <= COUNTED_AT_ONCE else None,
        last=before,
        change=tuple(_change(before)) if before is not None else (),
        burden=_burden(desk, sending),
        need=need,
        need_words=_need_words(need) if need is not None else "",
        alone=alone,
        alone_words=why_nobody(desk.space_id, need.why) if alone and need is not None else "",
    )


def _bars(parts: list[tuple[str, int]]) -> tuple[Bar, ...]:
    most = max((people for _name, people in parts), default=1)
    return tuple(Bar(people, most, name, tone="zhu") for name, people in parts)


def _kept_away(rule: Rule, reach: Reach, people: int) -> list[LeftOut]:
    """Return who is not in the audience: left out, not fulfilling what must hold, or out of the sender's branch."""
    found = [*left_out(rule, reach), *narrowed(rule, reach, people)]
    if reach.branches is not None:
        beyond = count(compile_rule(rule, replace(reach, branches=None))) - people
        found.append(LeftOut(_("outside the branch that you send to"), beyond))
    return [part for part in found if part.people]


def _few(people: int) -> str:
    return _("fewer than five") if 0 < people < FEWEST else f"{people:,}"


def _change(last: LastTime) -> list[str]:
    if last.unchanged:
        return [_("The same people as then.")]
    words = []
    if last.joined:
        words.append(_("Joined since: %(people)s") % {"people": _few(last.joined)})
    if last.left:
        words.append(_("Left since: %(people)s") % {"people": _few(last.left)})
    if last.moved:
        sign = "+" if last.moved > 0 else "−"
        values = {"people": f"{sign} {_few(abs(last.moved))}"}
        words.append(_("With units that moved, or as time went by: %(people)s") % values)
    return words


def _burden(desk: Desk, sending: Sending) -> Burden:
    load, enough = load_of(desk.audience.units), sending_rules(desk.space_id).weekly_minutes
    names = space_names({asked.space_id for asked in load.by})
    *by, own = in_tenths([*(asked.minutes for asked in load.by), _reading_seconds(desk, sending) / 60])
    most = max(by, default=0) or 1
    bars = tuple(
        Bar(
            minutes,
            most,
            _("%(name)s: %(minutes)s min") % {"name": names.get(asked.space_id, ""), "minutes": told(minutes)},
        )
        for asked, minutes in zip(load.by, by, strict=True)
    )
    after = sum(by) + own
    return Burden(
        before=told(sum(by)),
        own=told(own),
        after=told(after),
        enough=enough,
        too_much=after > 10 * enough,
        by=bars,
        most=_most(load.most_unit, load.most_minutes),
        counted_at=load.counted_at,
    )


def _most(unit_id: int | None, minutes: float) -> str:
    if unit_id is None:
        return ""
    with every_space(Reason.TREE):
        unit: Any = units_by_id([unit_id]).get(unit_id)
    return _("%(unit)s: %(minutes)s min") % {"unit": unit.title, "minutes": told(*in_tenths([minutes]))} if unit else ""


def _reading_seconds(desk: Desk, sending: Sending) -> int:
    with use_scope(sending_scope(desk.membership, desk.space_id)):
        words = freeze_words(
            membership=desk.membership,
            reach=reach_of(desk.membership, desk.space_id),
            space_id=desk.space_id,
            kind=sending.kind,
            content_id=sending.content_id,
        )
    return words.reading_seconds


def _need_words(need: Need) -> str:
    if need.why == Approval.Why.EMERGENCY:
        return _("An emergency needs two people: somebody else who sends for the whole sub-platform approves it.")
    limit = {"limit": f"{need.limit or 0:,}"}
    return _("Your role sends to at most %(limit)s people alone. A publisher of the sub-platform approves it.") % limit
