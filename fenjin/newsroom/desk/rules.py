"""The desk of release rules: through how many hands an article of a space goes."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.newsroom.access import RULE_SETTER, may_set_rule
from fenjin.newsroom.forms.release import RuleForm, by_person
from fenjin.newsroom.selectors.rules import ALONE, Rule, rules_of
from fenjin.newsroom.services.rules import set_rule
from fenjin.people.selectors.accounts import persons_numbered
from fenjin.people.selectors.persons import get_person_for_staff, posts_of, unit_paths
from fenjin.spaces.access import membership_of
from fenjin.spaces.selectors import get_space, list_spaces


@needs(RULE_SETTER)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rule of each space that the one who asks may set."""
    membership = membership_of(request)
    spaces = [space for space in list_spaces() if may_set_rule(membership, space.pk)]
    with every_space(Reason.OFFICE):
        known = rules_of({space.pk for space in spaces})
    lines = [(space, known.get(space.pk, ALONE)) for space in spaces]
    return render(request, "newsroom/desk/rules.html", {"lines": lines})


@needs(RULE_SETTER)
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, space_id: int) -> HttpResponse:
    """Change the rule of one space."""
    if not may_set_rule(membership_of(request), space_id):
        raise NotFound
    space = get_space(space_id)
    with every_space(Reason.OFFICE):
        held = rules_of({space_id}).get(space_id, ALONE)
    form = RuleForm(request.POST or None, initial=_initial(held), who=_who(held, request.POST))
    if request.method == "POST" and form.is_valid():
        steps = _steps(form)
        if steps is not None:
            try:
                set_rule(
                    actor=request.user,
                    space_id=space_id,
                    steps=steps,
                    secrecy=form.cleaned_data["secrecy"],
                    apart=form.cleaned_data["apart"],
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                people = ", ".join(form.who.values())
                kept = _("Kept. It holds for whatever is sent from now on.")
                judges = _("These people judge: %(people)s.") % {"people": people} if people else ""
                messages.success(request, f"{kept} {judges}".strip())
                return redirect("newsroom_desk:rules")
    status = 422 if form.is_bound else 200
    return render(request, "newsroom/desk/rule.html", {"space": space, "form": form}, status=status)


def _initial(held: Rule) -> dict[str, Any]:
    initial: dict[str, Any] = {"secrecy": held.secrecy, "apart": held.apart}
    for step in held.steps:
        initial[f"step{step.number}"] = step.role or "person"
        initial[f"person{step.number}"] = step.person.staff_number if step.person else ""
    return initial


def _who(held: Rule, typed: Mapping[str, str]) -> dict[int, str]:
    """Return by step who is meant by a number, with the place: a figure mistyped is somebody else's number."""
    if typed:
        found = {number: _bearer(typed.get(f"person{number}", "").strip()) for number in by_person(typed)}
        persons = {number: person for number, person in found.items() if person}
    else:
        persons = {step.number: step.person for step in held.steps if step.person}
    return {number: _described(person) for number, person in persons.items()}


def _described(person: Any) -> str:
    posts = posts_of(person.pk)[:1]
    where = unit_paths({post.unit_id for post in posts})
    return " · ".join([person.name, *where.values()])


def _steps(form: RuleForm) -> list[tuple[str, int | None]] | None:
    """Return the steps with persons by id; None, with an error in the form, for a number that nobody bears."""
    found: list[tuple[str, int | None]] = []
    for role, number in form.steps():
        person = None if role else _bearer(number)
        if not role and person is None:
            form.add_error(None, _("There is nobody with the staff number “%(number)s”.") % {"number": number})
            return None
        found.append((role, person.pk if person else None))
    return found


def _bearer(number: str) -> Any:
    """Return the one person with a staff number whom the one who asks sees; None for nobody and for several."""
    persons = [person for person in persons_numbered(number) if _is_seen(person.pk)] if number else []
    return persons[0] if len(persons) == 1 else None


def _is_seen(person_id: int) -> bool:
    """Tell whether the one who asks sees this person at all."""
    try:
        get_person_for_staff(person_id)
    except NotFound:
        return False
    return True
