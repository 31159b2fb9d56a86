"""A phone page as an employee of some unit would see it, drawn for an editor who is not that employee.

Nobody is impersonated: the page is drawn for a stand-in who has a unit, a type size, a theme and a
language, but no name, no messages, no receipts and no history. The drawing happens in a transaction
that is taken back, so that looking leaves no trace in figures. What the editor may not see stays unseen:
the stand-in reads the group's news, and those of the unit's sub-platform only if the editor works there.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.http import urlencode

from fenjin.kit.access import Verdict, rules_of
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.scope import GROUP_SPACE, use_scope
from fenjin.people.selectors.zones import zone_of_unit
from fenjin.spaces.access import HeldRole, Membership, employee_scope

# Pages without anything personal; each is a plain GET.
PAGES: Final = frozenset(
    {
        *("shell:home", "shell:why", "newsroom:list", "newsroom:article", "newsroom:series_list", "newsroom:series"),
        *("newsroom:answers", "newsroom:answer"),
    }
)
NOBODY: Final = -1  # the id of a person that no table holds
_SCRIPT: Final = re.compile(r"<script\b.*?</script>", re.DOTALL)  # the frame runs none; phones work without
_LINK: Final = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')
_FROM_THE_SERVER: Final = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")


@dataclass(frozen=True, slots=True)
class Nobody:
    """The person of the stand-in: pages that write a name or a number have something to write."""

    name: str
    staff_number: str = "0000"
    pk: int = NOBODY


@dataclass(frozen=True, slots=True)
class StandIn:
    """An account that exists only while a page is drawn."""

    membership: Membership
    person: Nobody
    language: str = "zh-hans"
    theme: str = "light"
    scale: int = 1
    pk: None = None
    id: None = None
    office: None = None
    is_authenticated: bool = True
    is_anonymous: bool = False
    is_active: bool = True

    def has_perm(self, permission: str, row: Any = None) -> bool:
        """Tell that a stand-in may do nothing."""
        return False


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whose eyes a page is looked at with."""

    unit: Any
    role: str = ""
    scale: int = 1
    theme: str = "light"
    language: str = "zh-hans"
    query: dict[str, Any] = field(default_factory=dict)  # the same, for links from page to page


def stand_in(eyes: Eyes, looker: Membership) -> StandIn:
    """Return the account that sees what an employee of the unit sees, as far as the looker may see it."""
    space = eyes.unit.space_id
    own = space == GROUP_SPACE or any(held.space_id == space for held in looker.roles)
    roles = (HeldRole(space, eyes.role),) if eyes.role else ()
    membership = Membership(NOBODY, NOBODY, spaces=frozenset({space} if own else ()), roles=roles)
    nobody = Nobody(translation.gettext("An employee"))
    return StandIn(membership, nobody, eyes.language, eyes.theme, eyes.scale)


def shown_page(request: HttpRequest, path: str, eyes: Eyes, looker: Membership) -> str | None:
    """Return the HTML of a phone page as the stand-in gets it; None when it is not there for them.

    Links lead to other pages of the preview, or nowhere. Raises NotFound for a page that has no preview.
    """
    target, _mark, query = path.partition("?")
    try:
        match = resolve(target)
    except Resolver404:
        raise NotFound from None
    if match.view_name not in PAGES:
        raise NotFound
    account = stand_in(eyes, looker)
    asked = _request(request, target, query, account, match)
    zone = ZoneInfo(zone_of_unit(eyes.unit)[0] or timezone.get_default_timezone_name())
    with (
        transaction.atomic(),
        use_scope(employee_scope(account.membership)),
        translation.override(eyes.language),
        timezone.override(zone),
    ):
        try:
            if any(rule.judge(asked) != Verdict.ALLOW for rule in rules_of(match.func) or ()):
                return None
            response = match.func(asked, *match.args, **match.kwargs)
            html: str | None = response.content.decode() if response.status_code == 200 else None
        except Refusal:
            html = None
        finally:
            transaction.set_rollback(True)
    if html is None:
        return None
    return _LINK.sub(lambda found: f"{found[1]}{_onward(found[2], eyes)}{found[3]}", _SCRIPT.sub("", html))


def _request(request: HttpRequest, path: str, query: str, account: StandIn, match: Any) -> HttpRequest:
    """Return a request of the stand-in for a page: nothing of the looker's session is in it."""
    asked: Any = HttpRequest()
    asked.method, asked.path, asked.path_info, asked.resolver_match = "GET", path, path, match
    asked.META = {key: request.META[key] for key in _FROM_THE_SERVER if key in request.META}
    asked.META |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "HTTP_SEC_PURPOSE": "preview"}
    asked.GET = type(request.GET)(query)
    asked.user, asked.session, asked.htmx, asked.LANGUAGE_CODE = account, {}, False, account.language
    return asked  # type: ignore[no-any-return]


def _onward(href: str, eyes: Eyes) -> str:
    """Return where a link of a previewed page leads."""
    path = href.replace("&amp;", "&")
    try:
        known = resolve(path.partition("?")[0]).view_name in PAGES
    except Resolver404:
        known = False
    if not known:
        return "#" if not href.startswith("#") else href
    return escape(f"{reverse('shell_desk:seen')}?{urlencode({**eyes.query, 'page': path})}")
