"""The builder on a phone: nothing lies beyond the edge, and what was pressed stays under the finger."""

import pytest
from django.test import Client

from fenjin.kit.scope import Reason, every_space
from fenjin.people.testing import make_person, make_unit, sign_in
from fenjin.spaces.testing import make_editor

BEYOND = """() => [...document.querySelectorAll('.desk, .desk *')]
  .filter(e => e.checkVisibility() && !e.closest('.vh, svg, .rule-json'))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth
    && getComputedStyle(e).overflowX !== 'visible' && !e.matches('.input'))
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def builder(page, live_app):
    """The builder of somebody who looks at a group with forty companies."""
    with every_space(Reason.TEST):
        group = make_unit("启明集团")
        for number in range(40):
            make_person(unit=make_unit(f"华东第{number + 1}轨道交通装备检修有限公司", group))
    client = Client()
    sign_in(client, make_editor(1))
    page.context.add_cookies([{"name": "fenjin", "value": client.cookies["fenjin"].value, "url": live_app.url}])
    return page


@pytest.mark.parametrize("wide", [390, 320])
@pytest.mark.parametrize("kind", ["unit", "post", "years", "main", "group"])
def test_nothing_lies_beyond_the_edge(builder, wide, kind):
    builder.set_viewport_size({"width": wide, "height": 844})
    builder.goto(f"/studio/audiences/new/?kind={kind}")
    assert builder.evaluate(BEYOND) == []


def test_what_was_pressed_stays_where_it_was(builder):
    builder.set_viewport_size({"width": 390, "height": 844})
    builder.goto("/studio/audiences/new/")
    for number in (3, 30):
        button = builder.locator("[name=unit_any]").nth(number)
        button.scroll_into_view_if_needed()
        before = button.bounding_box()
        entries = builder.locator("[name=drop]").count()
        button.click()
        builder.locator("[name=drop]").nth(entries).wait_for()
        builder.wait_for_timeout(300)
        after = builder.locator("[name=unit_any]").nth(number).bounding_box()
        assert (round(after["x"]), round(after["y"])) == (round(before["x"]), round(before["y"]))
    assert builder.evaluate(BEYOND) == []
