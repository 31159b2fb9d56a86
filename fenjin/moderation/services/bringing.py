"""A text comes in: it stands, or it waits for somebody. And readers who say that something is wrong."""

from dataclasses import asdict, astuple, dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction

from fenjin.kit import clock
from fenjin.moderation.finder import Place
from fenjin.moderation.models import Case, Lane, Report, Rule
from fenjin.moderation.selectors.rules import RuleInForce, finder_of, rule_of
from fenjin.moderation.services.refusals import Closed

# The gravest first: a text with words of several lanes goes by the gravest.
GRAVITY: Final = (Lane.SECRET, Lane.PRIVATE, Lane.ATTACK, Lane.OFF_TOPIC, Lane.CRITICISM)
FIRST: Final = 3  # texts of a newcomer that are looked at, where the rule says so


@dataclass(frozen=True, slots=True)
class Text:
    """What is brought: which thing of which kind, who wrote it, its words, and under what it stands where."""

    kind: str
    space_id: int
    object_id: int
    person_id: int
    text: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the text is shown now, and the case that was opened, if any."""

    shown: bool
    case_id: int | None = None


@transaction.atomic
def bring(text: Text, *, earlier: int = 0) -> Outcome:
    """Look for words in a new text and say whether it stands at once. Raises Closed.

    `earlier` is how many texts of the person stand already. Bringing the same thing again changes nothing.
    """
    rule = rule_of(text.space_id)
    if not rule.is_open:
        raise Closed
    places = finder_of(text.space_id, rule).find(text.text)
    held = _must_wait(rule, places, earlier)
    if not held and not places:
        return Outcome(shown=True)
    case = _open_case(text, rule, places, held=held)
    return Outcome(shown=case.state in (Case.State.STANDING, Case.State.SHOWN), case_id=case.pk)


def _must_wait(rule: RuleInForce, places: list[Place], earlier: int) -> bool:
    """Tell whether a text waits by the rule; criticism alone never does, a secret always."""
    lanes = {place.lane for place in places}
    risky = bool(lanes - {Lane.CRITICISM})
    if Lane.SECRET in lanes or rule.mode == Rule.Mode.ALL:
        return True
    if rule.mode == Rule.Mode.NEWCOMERS and earlier < FIRST:
        return True
    return risky and rule.mode in (Rule.Mode.WORDS, Rule.Mode.NEWCOMERS)


def gravest(places: list[Place]) -> str:
    """Return the gravest lane among the places; empty for none."""
    lanes = {place.lane for place in places}
    return next((str(lane) for lane in GRAVITY if lane in lanes), "")


def _open_case(text: Text, rule: RuleInForce, places: list[Place], *, held: bool, lane: str = "") -> Case:
    now = clock.now()
    values = asdict(text)
    key = {name: values.pop(name) for name in ("space_id", "kind", "object_id")}
    case: Case
    case, _new = Case.objects.get_or_create(
        **key,
        defaults=values
        | {
            "found": [astuple(place) for place in places],
            "lane": lane or gravest(places),
            "held": held,
            "state": Case.State.HELD if held else Case.State.STANDING,
            "brought_at": now,
            "due_at": now + timedelta(hours=rule.hours),
        },
    )
    return case


@transaction.atomic
def report(text: Text, *, by: int, lane: str, note: str = "") -> Case:
    """Keep that a reader wants something looked at, once for each reader; it stays shown until somebody decides.

    What was looked at already stays as decided; the report stands beside the decision.
    """
    rule = rule_of(text.space_id)
    case = _open_case(text, rule, [], held=False, lane=Lane(lane))
    Report.objects.get_or_create(
        space_id=text.space_id,
        case=case,
        person_id=by,
        defaults={"lane": Lane(lane), "note": note.strip()[:200], "sent_at": clock.now()},
    )
    return case


@transaction.atomic
def take_back(*, kind: str, space_id: int, object_id: int) -> None:
    """Close the case of something that its author took back, and forget its words."""
    case = Case.objects.select_for_update().filter(space=space_id, kind=kind, object_id=object_id).first()
    if case is None:
        return
    case.text, case.found = "", []
    if case.is_open:
        case.state = Case.State.TAKEN_BACK
    case.save(update_fields=["text", "found", "state"])
