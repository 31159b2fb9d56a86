"""What every page of the desk "send a message" knows, read from its address."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from fenjin.audiences.selectors import audience_for_sending, parse_rule
from fenjin.audiences.selectors.described import describe
from fenjin.delivery.desk.draft import Audience, Draft, audience_of, sending_space
from fenjin.delivery.forms import ComposeForm
from fenjin.delivery.forms.part import Writing
from fenjin.delivery.forms.parts.keeping import as_saved
from fenjin.kit.components import Bar
from fenjin.spaces.access import Membership, membership_of
from fenjin.spaces.selectors import get_space

# Fields of the address that say to whom; those of the parts are kept by the form, the others only say where one looks.
KEPT = ("space", "in", "out", "audience")


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sends, for which space, what, and to whom."""

    membership: Membership
    space_id: int
    draft: Draft
    form: ComposeForm
    audience: Audience

    def kept(self, data: QueryDict) -> list[tuple[str, str]]:
        """Return name and value of all that was chosen, for a page that carries it on."""
        return [(name, value) for name in KEPT for value in data.getlist(name)] + self.form.kept()


def read_desk(request: HttpRequest, data: QueryDict, *, with_examples: bool = False) -> Desk:
    """Read the page's state; the caller has put the sending scope in force. Raises NotFound, RuleRefusal."""
    membership = membership_of(request)
    space_id = sending_space(membership, data)
    draft = read_draft(request, data, space_id)
    if draft.saved is not None:
        data = as_saved(data, draft.saved)
    form = ComposeForm(data, Writing(request, membership, space_id, get_space(space_id).zone))
    audience = audience_of(draft, membership, space_id, with_examples=with_examples)
    return Desk(membership, space_id, draft, form, audience)


def read_draft(request: HttpRequest, data: QueryDict, space_id: int) -> Draft:
    """Read to whom it goes, out of units or a saved audience; the sending scope is in force. Raises NotFound."""
    draft = Draft.read(data)
    saved = data.get("audience", "")
    if saved.isdecimal() and len(saved) < 19:
        draft.saved = audience_for_sending(request.user, space_id, int(saved))
    return draft


def saved_words(draft: Draft) -> str:
    """Return the sentence of the saved audience that was chosen; empty without one."""
    return describe(parse_rule(draft.saved.rule)) if draft.saved is not None else ""


def shares_of(audience: Audience) -> list[Bar]:
    """Return a bar for each company, measured by the largest one."""
    most = max((company.people for company in audience.companies), default=1)
    return [Bar(company.people, most, company.name, tone="zhu") for company in audience.companies]
