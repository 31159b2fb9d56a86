"""Every desk of the three offices against WCAG 2.0–2.2 A and AA, by axe, on a screen of 1440 x 900.

`make test` looks at the light studio in Chinese, `make prove` (FENJIN_PROVE=1) at dark and English as well.
"""

import os
from itertools import product

import pytest

from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Account, Person, Unit
from tests.accessibility.test_axe import faults
from tests.journeys.phone import Watch, add_second_factor, sign_in

PROVE = os.environ.get("FENJIN_PROVE") == "1"
LOOKS = list(product(("light", "dark"), ("zh-hans", "en"))) if PROVE else [("light", "zh-hans")]
WIDE = {"width": 1440, "height": 900}
SYSTEM = (
    *("", "organisation/", "people/", "people/new/", "roster/", "roster/columns/", "administrators/"),
    *("sign-in-services/", "sign-in-services/add/oidc/", "sign-in-services/add/ldap/", "privacy/", "privacy/write/"),
    *("retention/", "sub-platforms/", "corrections/"),
)
SECURITY = ("codes/", "cases/", "roster/stopped/", "roles/", "roles/give/", "left-behind/", "complaints/")
AUDIT = ("audit/", "audit/sign-ins/", "audit/verify/", "audit/exports/")


def desks(office):
    """Return the addresses of the desks of an office, below /studio/."""
    with every_space(Reason.TEST):
        person, unit = Person.objects.earliest("pk").pk, Unit.objects.exclude(parent=None).earliest("pk").pk
    system = (
        *(f"people/{person}/", f"people/{person}/change/name/", f"people/{person}/change/leave/"),
        *(f"organisation/{unit}/", f"organisation/{unit}/?on=2024-03-01", f"organisation/{unit}/change/rename/"),
    )
    own = {"system": SYSTEM + system, "security": (*SECURITY, f"codes/units/{unit}/"), "audit": AUDIT}
    return [f"/studio/{path}" for path in own[office]]


@pytest.mark.parametrize(("theme", "language"), LOOKS)
def test_axe_finds_nothing_on_any_desk(company, page, theme, language):
    watch, wrong = Watch(page), []
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    for office in ("system", "security", "audit"):
        account = Account.objects.get(operator_name=f"{office}-admin")
        Account.objects.filter(pk=account.pk).update(theme=theme, language=language)
        page.set_viewport_size(WIDE)
        page.context.clear_cookies()
        sign_in(page, account.operator_name)
        add_second_factor(page)
        for address in desks(office):
            page.set_viewport_size(WIDE)
            answer = page.goto(address)
            assert answer.status == 200, (address, answer.status)
            assert page.url.endswith(address), (address, page.url)
            wrong += faults(page, wide=1440)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{page.url} scrolls sideways")
    assert wrong == []
    watch.nothing_went_wrong()
