"""What leavers held goes to somebody else."""

from collections.abc import Collection
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit.errors import NotFound, Refusal
from fenjin.people.access import has_left
from fenjin.people.register import handovers
from fenjin.people.selectors.accounts import account_of
from fenjin.people.selectors.persons import find_person
from fenjin.spaces.access import may_hand_over
from fenjin.spaces.selectors import list_editors
from fenjin.spaces.selectors.holders import places_held

WRITING: Final = ("author", "editor", "publisher")  # roles whose holders go on with their own drafts


class StillHere(Refusal):
    """Only what people held who have left, or no longer write there, is handed over."""

    code = "still_here"
    sentence = _("This person works here and keeps what is theirs.")


class NotAnEditor(Refusal):
    """The successor cannot work on what is handed over."""

    code = "not_an_editor"
    status = 422
    sentence = _("Choose somebody who edits this sub-platform now. Give them the role first.")


@transaction.atomic
def hand_over(
    *, actor: Any, person_id: int, space_id: int, to_person_id: int, kinds: Collection[str] | None = None
) -> int:
    """Give what somebody held in a space, who has left or writes there no more, to one of its editors.

    Returns how many things changed hands. `kinds` are keys of people.register.handovers, None for all.
    Raises NotFound, StillHere, NotAnEditor.
    """
    if not may_hand_over(actor.membership, space_id):
        raise NotFound
    if not has_left(find_person(person_id)) and (space_id, person_id) in places_held(*WRITING):
        raise StillHere
    if to_person_id not in dict(list_editors(space_id)):
        raise NotAnEditor
    to = account_of(to_person_id)
    done = {
        kind.key: kind.pass_on(person_id=person_id, space_id=space_id, to=to, actor=actor)
        for kind in handovers()
        if kinds is None or kind.key in kinds
    }
    if any(done.values()):
        details = {"to": to.pk} | {key: count for key, count in done.items() if count}
        record(actor=actor, act="spaces.hand_over", target=("person", person_id), space_id=space_id, details=details)
    return sum(done.values())
