"""Straight to each person: to all operators at overseas sites, in their own morning, please confirm.

An editor of the group sits at the studio; three operators hold phones in Jakarta, Almaty and Muscat. The platform's
clock is moved on, so that three mornings pass within minutes. What each of them taps, counted from their first page:

* **The editor says who is meant** (once; it is used again by name): *接收范围* → *新建接收范围* → type 海外事业部, Enter →
  *算上* → *岗位* → tick 操作工 → *还要符合* → a name → *保存*.
* **The editor sends**: *发送消息* → *写一条短消息* → title and words → *保存并选用* → the saved audience → *使用* →
  *请确认* → *按各人当地的早上* and the day → *核对*: head count and ten examples → *发给 … 人*.
* **Each operator**, at eight in the own morning and not before: *去读* on the first page → reads to the end → *我已读完并知悉*.
* **The editor corrects**: *更正或撤回* → *修改文字* → the right hour → *保存* → what was wrong → *所有人重新确认* →
  *发出更正*. **Each operator** finds it among the things to do again, sees which words went and came → *我已读完并知悉*.
* **The editor withdraws**: *更正或撤回* → why → *对所有人撤回*. No phone finds it any more.

Each step leaves its picture in tests/shots/everybody/.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fenjin.delivery.services import keep_sending_times
from fenjin.kit import clock
from fenjin.people.models import Person
from fenjin.people.testing import PASSWORD, code_now, give_app, make_account, make_person, make_unit
from fenjin.spaces.testing import give_role
from tests.journeys import everybody as taps
from tests.journeys.everybody import Keys, Notice
from tests.journeys.phone import sign_in
from tests.journeys.walk import DESKTOP, Walk

TITLE = "下周一起，交接班提前"
NOTICE = Notice(
    title=TITLE,
    words="下周一起，各项目部的交接班提前到 7:30。\n\n交接时两个班的操作工一起把阀门走一遍，签字的是两个人。",
    right_words="下周一起，各项目部的交接班提前到 7:40。\n\n交接时两个班的操作工一起把阀门走一遍，签字的是两个人。",
    what_was_wrong="交接班是 7:40，不是 7:30。",
    why_withdrawn="各项目部的时间由项目部自己定，另行通知。",
)
AUDIENCE = "海外项目部的操作工"
OPERATORS = 6  # at each site; beside them others, who are not meant
SITES = {"雅加达项目部": "Asia/Jakarta", "阿拉木图项目部": "Asia/Almaty", "马斯喀特项目部": "Asia/Muscat"}


@dataclass(frozen=True)
class Company:
    """Who sends, and one operator at each site, from east to west."""

    editor: Person
    keys: Keys
    operators: list[Person]


@pytest.fixture
def walk(live_app, browser, browser_context_options):
    return Walk(browser, live_app.url, browser_context_options, "everybody")


@pytest.fixture
def move_to(live_app) -> Iterator[Callable[[datetime], None]]:
    """Let the platform, and this test with it, live at another time."""

    def move_to(moment: datetime) -> None:
        live_app.clock.write_text(str((moment - datetime.now(UTC)) / timedelta(hours=1)))
        clock.follow(live_app.clock)

    yield move_to
    live_app.clock.unlink(missing_ok=True)
    clock.follow(None)


@pytest.fixture
def company(live_app) -> Company:
    root = make_unit("启明集团")
    office, overseas, home = (make_unit(name, root) for name in ("党群工作部", "海外事业部", "华东石化公司"))
    editor = make_person("林晓舟", unit=office, title="新闻编辑")
    give_role(editor)
    secret = give_app(make_account(editor))
    operators = []
    for name, zone in SITES.items():
        site = make_unit(name, overseas)
        here = [make_person(f"{name[0]}师傅{turn}", unit=site, title="操作工", zone=zone) for turn in range(OPERATORS)]
        make_person("陈会计", unit=site, title="会计", zone=zone)
        make_account(here[0])
        operators.append(here[0])
    for _turn in range(OPERATORS):
        make_person("周师傅", unit=home, title="操作工")
    return Company(editor, Keys(PASSWORD, lambda: code_now(secret)), operators)


def eight_thirty(day: date, hours_from_greenwich: int) -> datetime:
    """Return half past eight of a day in a zone: the first half hour of the morning is over."""
    return datetime(day.year, day.month, day.day, 8, 30, tzinfo=UTC) - timedelta(hours=hours_from_greenwich)


def phones_of(walk: Walk, stack: ExitStack, company: Company) -> list[Any]:
    phones = [stack.enter_context(walk.at(walk.phone)) for _person in company.operators]
    for page, person, watch in zip(phones, company.operators, walk.watches[-len(phones) :], strict=True):
        watch.expected = {410}  # of the message that was taken back
        sign_in(page, person.staff_number)
        taps.has_nothing(page, TITLE)
    return phones


def test_to_all_operators_overseas_in_their_own_morning(walk, company, move_to):
    day = (clock.now() + timedelta(days=3)).date()
    meant = OPERATORS * len(SITES)
    with ExitStack() as stack:
        desk = stack.enter_context(walk.at(DESKTOP))
        sign_in(desk, company.editor.staff_number)
        taps.enter(desk, "/studio/", company.keys)
        assert taps.save_the_audience(walk, desk, units=["海外事业部"], post="操作工", name=AUDIENCE) == meant
        taps.compose(walk, desk, NOTICE, audience=AUDIENCE, morning_on=f"{day}")
        people, examples = taps.look_it_over(walk, desk)
        assert (people, len(examples)) == (meant, 10)
        message = taps.press(walk, desk)
        phones = phones_of(walk, stack, company)

        for done, hours in enumerate((7, 5, 4)):
            move_to(eight_thirty(day, hours))
            keep_sending_times()
            taps.open_and_confirm(walk, phones[done], TITLE)
            for later in phones[done + 1 :]:
                taps.has_nothing(later, TITLE)
            taps.enter(desk, "/studio/", company.keys)
            assert taps.figures(walk, desk, message) == (meant, done + 1, done + 1)

        assert not taps.correct(walk, desk, NOTICE, message), "so few need no second person"
        assert taps.figures(walk, desk, message) == (meant, 3, 0)
        for done, phone in enumerate(phones, start=1):
            taps.see_what_changed(walk, phone, NOTICE, gone="30", new="40")
            taps.confirm(walk, phone)
            assert taps.figures(walk, desk, message) == (meant, 3, done)
        taps.withdraw(walk, desk, NOTICE, message)
        for phone in phones:
            taps.is_gone(walk, phone, NOTICE, message)
    for watch in walk.watches:
        watch.nothing_went_wrong()
