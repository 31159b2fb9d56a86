"""The bar that says the studio will shut leaves free what somebody presses who is about to save."""

import pytest

from fenjin.people.testing import make_account, make_person, make_unit
from fenjin.spaces.testing import give_role, make_space
from tests.journeys.phone import Watch, add_second_factor, sign_in
from tests.journeys.walk import DESKTOP

COVERED = """() => {
    const bar = document.querySelector("fj-idle");
    const words = bar.querySelector("[data-soon]");
    words.textContent = words.dataset.soon;
    bar.hidden = false;
    const over = bar.getBoundingClientRect();
    return [...document.querySelectorAll(".press-row .button")].map((button) => {
        const box = button.getBoundingClientRect();
        const apart = box.right <= over.left || box.left >= over.right || box.bottom <= over.top || box.top >= over.bottom;
        return [button.name, apart];
    });
}"""


@pytest.fixture
def browser_context_options():
    return DESKTOP


def test_the_idle_bar_lies_over_no_button_of_the_editor(live_app, page):
    unit = make_unit("东海液化气公司", make_unit("启明集团"))
    person = make_person("顾晓岚", unit=unit)
    give_role(person, space_id=make_space("东海液化气", unit=unit).pk)
    make_account(person)
    watch = Watch(page)
    sign_in(page, person.staff_number)
    add_second_factor(page)
    page.goto("/studio/articles/add/")
    page.wait_for_selector(".press-row .button")
    pressed = page.evaluate(COVERED)
    assert pressed
    assert all(apart for _name, apart in pressed), pressed
    watch.nothing_went_wrong()
