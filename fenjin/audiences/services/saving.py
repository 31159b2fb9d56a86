"""Saved audiences: made, changed, taken back, put away, copied. One transaction and one audit row each."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fenjin.audiences.access import SEND, may_change, reach_of
from fenjin.audiences.models import Audience
from fenjin.audiences.selectors import compile_rule, parse_rule
from fenjin.audiences.selectors.saved import get_audience
from fenjin.audiences.services.refusals import ChangedMeanwhile, NameMissing, NameTaken, NothingToTakeBack
from fenjin.audit import services as audit
from fenjin.kit import clock
from fenjin.kit.errors import BadRequest, NotFound

LONGEST_NAME = 60


def save_audience(
    *, actor: Any, space_id: int, name: str, rule: Any, keeping: str = "frozen", shared: bool = True
) -> Audience:
    """Save a rule under a name in a space where `actor` sends.

    Raises NotFound without the role, RuleRefusal, NameMissing, NameTaken.
    """
    values = _checked(actor, space_id, name, rule, keeping) | {"shared": shared}
    now = clock.now()
    with _free_names(), transaction.atomic():
        row = Audience._base_manager.create(
            space_id=space_id, owner_id=actor.pk, changed_by_id=actor.pk, changed_at=now, **values
        )
        _note(actor, "audiences.add", row, rule=values["rule"], keeping=keeping, shared=shared)
    return row


def change_audience(
    *, actor: Any, audience_id: int, seen: int, name: str, rule: Any, keeping: str, shared: bool
) -> Audience:
    """Change what an audience is called and means; what it was before is kept, to be taken back.

    `seen` is the revision that was looked at. Raises NotFound, ChangedMeanwhile, and as save_audience does.
    """
    with _free_names(), transaction.atomic():
        row = _locked(actor, audience_id)
        if row.revision != seen:
            raise ChangedMeanwhile
        if shared is not row.shared and row.owner_id != actor.pk:
            raise NotFound  # whose it is does not change under the owner's hands
        values = _checked(actor, row.space_id, name, rule, keeping) | {"shared": shared}
        _write(actor, row, values)
        _note(actor, "audiences.change", row, rule=row.rule, keeping=keeping, shared=shared)
    return row


def take_back(*, actor: Any, audience_id: int) -> Audience:
    """Put an audience back to what it was before its last change; doing it again brings the change back.

    Raises NotFound, NothingToTakeBack, and NameTaken when the earlier name is in use meanwhile.
    """
    with _free_names(), transaction.atomic():
        row = _locked(actor, audience_id)
        if row.before is None:
            raise NothingToTakeBack
        _write(actor, row, row.before)
        _note(actor, "audiences.take_back", row, rule=row.rule)
    return row


def put_away(*, actor: Any, audience_id: int, away: bool = True) -> Audience:
    """Take an audience out of the lists, or bring it back; messages sent with it stay as they are. Raises NotFound."""
    with _free_names(), transaction.atomic():
        row = _locked(actor, audience_id)
        if (row.put_away_at is not None) is away:
            return row
        row.put_away_at = clock.now() if away else None
        row.revision += 1
        row.save(update_fields=["put_away_at", "revision"])
        _note(actor, "audiences.put_away" if away else "audiences.bring_back", row)
    return row


def copy_audience(*, actor: Any, audience_id: int) -> Audience:
    """Make a copy of an audience that is the actor's own, under a name that is free. Raises NotFound."""
    source = get_audience(actor, audience_id)
    word = _("copy")
    taken = set(Audience.objects.filter(space=source.space_id).values_list("name", flat=True))
    stem = source.name[: LONGEST_NAME - 12]
    free = (f"{stem} · {word}" if number == 1 else f"{stem} · {word} {number}" for number in range(1, len(taken) + 3))
    name = next(found for found in free if found not in taken)
    return save_audience(
        actor=actor, space_id=source.space_id, name=name, rule=source.rule, keeping=source.keeping, shared=False
    )


def pass_on_audiences(*, person_id: int, space_id: int, to: Any, actor: Any) -> int:
    """Give the private audiences of a leaver in a space to `to`, those with a taken name aside; return how many."""
    rows = Audience._base_manager.select_for_update(of=("self",)).filter(
        owner__person=person_id, space=space_id, shared=False, put_away_at__isnull=True
    )
    with transaction.atomic():
        theirs = Audience._base_manager.filter(space=space_id, owner=to.pk, shared=False, put_away_at__isnull=True)
        taken = set(theirs.values_list("name", flat=True))
        mine = [row.pk for row in rows.order_by("pk") if row.name not in taken]
        Audience._base_manager.filter(pk__in=mine).update(owner=to.pk)
    return len(mine)


def _checked(actor: Any, space_id: int, name: str, rule: Any, keeping: str) -> dict[str, Any]:
    """Return the fields of an audience as they are stored; raises as save_audience does."""
    reach = reach_of(actor.membership, space_id, SEND)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise NameMissing
    if keeping not in Audience.Keeping.values:
        raise BadRequest
    parsed = parse_rule(rule)
    compile_rule(parsed, reach)
    return {"name": name, "rule": parsed.as_json(), "keeping": keeping}


def _write(actor: Any, row: Audience, values: dict[str, Any]) -> None:
    row.before = {key: getattr(row, key) for key in ("name", "rule", "keeping", "shared")}
    for key, value in values.items():
        setattr(row, key, value)
    row.revision += 1
    row.changed_at, row.changed_by_id = clock.now(), actor.pk
    row.save()


def _locked(actor: Any, audience_id: int) -> Audience:
    """Return an audience that this account may change, locked; raises NotFound."""
    row: Audience | None = Audience.objects.select_for_update(of=("self",)).filter(pk=audience_id).first()
    if row is None or not may_change(actor.membership, actor.pk, row):
        raise NotFound
    return row


@contextmanager
def _free_names() -> Iterator[None]:
    """Turn the database's word that a name is taken into ours."""
    try:
        yield
    except IntegrityError as error:
        raise NameTaken from error


def _note(actor: Any, act: str, row: Audience, **details: Any) -> None:
    audit.record(actor=actor, act=act, target=("audience", row.pk), space_id=row.space_id, details=details)
