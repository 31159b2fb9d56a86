"""Publishing in somebody's name: asked by the assistant, agreed to by the leader, ended by either."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import GROUP_SPACE, Scope, use_scope
from fenjin.newsroom.access import WRITERS
from fenjin.newsroom.models import Delegation
from fenjin.newsroom.selectors.names import delegation_of_leader
from fenjin.newsroom.services.publishing import raise_editions
from fenjin.people.access import has_left
from fenjin.people.selectors.persons import get_person_for_staff

MOST_DAYS: Final = 366


class AskedAlready(Refusal):
    """There is a delegation between the two."""

    code = "asked_already"
    sentence = _("You have asked this person already. They find it on their phone, under “In my name”.")


class BadTerm(Refusal):
    """The last day is not one of the coming year, or nobody is there to ask."""

    code = "bad_term"
    status = 422
    sentence = _("Choose a colleague who works here, and a last day within one year.")


@transaction.atomic
def ask_for_name(*, actor: Any, space_id: int, leader_id: int, ends_on: date) -> Delegation:
    """Ask a leader whether one may publish in their name in a space until a day.

    Raises NotFound, BadTerm, AskedAlready.
    """
    if space_id not in actor.membership.spaces_with(*WRITERS):
        raise NotFound
    # Colleagues of the space and of the group, also for authors, who see no people otherwise.
    with use_scope(Scope(content=frozenset(), people=frozenset({space_id, GROUP_SPACE}))):
        leader = get_person_for_staff(leader_id)
    today = timezone.localtime(clock.now()).date()
    if has_left(leader) or leader.pk == actor.person_id or not today <= ends_on <= today + timedelta(days=MOST_DAYS):
        raise BadTerm
    asked, new = Delegation.objects.get_or_create(
        space_id=space_id,
        leader=leader,
        assistant_id=actor.person_id,
        ended_at=None,
        defaults={"asked_at": clock.now(), "ends_on": ends_on},
    )
    if not new and asked.ends_on >= today:
        raise AskedAlready
    if not new:
        asked.ended_at = clock.now()
        asked.save(update_fields=["ended_at"])
        return ask_for_name(actor=actor, space_id=space_id, leader_id=leader_id, ends_on=ends_on)
    _note(actor, asked, "newsroom.name_ask")
    return asked


@transaction.atomic
def agree_to_name(*, actor: Any, uid: Any) -> Delegation:
    """Agree, as the leader, that the assistant publishes in one's name; raises NotFound. Twice does no harm."""
    asked = delegation_of_leader(actor.person_id, uid)
    if asked.agreed_at is None:
        asked.agreed_at = clock.now()
        asked.save(update_fields=["agreed_at"])
        _note(actor, asked, "newsroom.name_agree")
    return asked


@transaction.atomic
def end_name_as_leader(*, actor: Any, uid: Any) -> Delegation:
    """Refuse, or end what one has agreed to; raises NotFound. What was published stays."""
    return _end(actor, delegation_of_leader(actor.person_id, uid))


@transaction.atomic
def end_name(*, actor: Any, delegation_id: int) -> Delegation:
    """End a delegation from the studio: the assistant's own, or any of a space as its publisher. Raises NotFound."""
    rows = Delegation.objects.select_for_update(of=("self",)).filter(pk=delegation_id, ended_at__isnull=True)
    held = rows.first()
    if held is None or (
        held.assistant_id != actor.person_id and held.space_id not in actor.membership.spaces_with("publisher")
    ):
        raise NotFound
    return _end(actor, held)


def _end(actor: Any, held: Delegation) -> Delegation:
    held.ended_at = clock.now()
    held.save(update_fields=["ended_at"])
    _note(actor, held, "newsroom.name_end")
    return held


def _note(actor: Any, held: Delegation, act: str) -> None:
    raise_editions({held.space_id})  # who is asked for their name has changed
    details = {"assistant": held.assistant_id, "until": held.ends_on.isoformat()}
    record(actor=actor, act=act, target=("person", held.leader_id), space_id=held.space_id, details=details)
