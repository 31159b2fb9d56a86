"""Random roles and acts, each answer compared with the plain rules.

Sessions are of the first day and never renewed: whoever moved, lost a role or got one goes on with the old cookie.
Every life begins in the same house, which is built once.
"""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from fenjin.delivery.services import Sending, send_message
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.kit.memory import forget_all
from fenjin.kit.scope import Reason, every_space
from fenjin.media.testing import make_picture
from fenjin.newsroom.services import publish_article
from fenjin.newsroom.testing import make_article
from fenjin.people.models import Session, Unit
from fenjin.people.services.posts import transfer_person
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit, sign_in
from fenjin.spaces.selectors import load_account
from fenjin.spaces.services import end_role, give_role
from fenjin.spaces.testing import make_space
from tests.isolation.rules import GROUP, Article, Grant, Message, Rules
from tests.isolation.world import roles

picks = st.integers(min_value=0, max_value=10_000)
PEOPLE = 5
SEEN = set()
CLIENTS = {}  # by person
BOTH = ("read", "cover", "edit", "figures", "withdraw", "send", "give as holder")


class WallMachine(RuleBasedStateMachine):
    house = {}  # what stands when a life begins; empty before the first

    def __init__(self):
        super().__init__()
        self.seen = set()
        if not self.house:
            with every_space(Reason.TEST):
                self.build()
        vars(self).update(deepcopy(self.house))
        self.clients = dict(CLIENTS)
        for person, client in CLIENTS.items():
            client.cookies = deepcopy(self.cookies[person])
        self.open = [transaction.atomic(), every_space(Reason.TEST)]
        for block in self.open:
            block.__enter__()

    def teardown(self):
        self.open[1].__exit__(None, None, None)
        transaction.set_rollback(True)
        self.open[0].__exit__(None, None, None)
        cache.clear()
        forget_all()
        for what in self.seen:
            event(what)
        SEEN.update(self.seen)

    def build(self):
        self.rules, self.start = Rules(), clock.now()
        group = make_unit("集团")
        spaces = {GROUP: make_unit("机关", group).pk}
        for name in ("甲", "乙"):
            company = make_unit(name, group)
            space = make_space(f"{name}平台", unit=company)
            company.refresh_from_db()
            spaces[space.pk] = make_unit(f"{name}部", company).pk
        self.units, self.spaces = spaces, list(spaces)
        self.security = make_administrator("security").pk
        self.accounts, self.clients, self.covers, self.serials = {}, CLIENTS, {}, []
        for number in range(PEOPLE):
            space = self.spaces[number % len(self.spaces)]
            account = make_account(make_person(f"员工{number}", unit=Unit.objects.get(pk=spaces[space])))
            self.accounts[account.person_id] = account.pk
            CLIENTS[account.person_id] = Client(raise_request_exception=False)
            sign_in(CLIENTS[account.person_id], account)
            self.rules.place[account.person_id] = space
        for number, (space, role) in enumerate(zip(self.spaces, ("editor", "editor", "publisher"), strict=True)):
            self.grant(None, Grant(self.one(self.rules.place, number), space, role, None, branch=False))
            for publish, only in ((True, False), (True, True), (False, False)):
                self.write(number, number, publish, only)
            self.send(number, 3 * number, number)
        first, giver, *_others, last = self.rules.place
        self.grant(None, Grant(first, self.spaces[1], "author", 2, branch=False))
        self.grant(giver, Grant(last, self.spaces[1], "author", None, branch=False))
        self.withdraw(2, 7)
        self.look_at_figures(1, 1)
        self.cookies = {person: client.cookies for person, client in CLIENTS.items()}
        kept = ("rules", "start", "units", "spaces", "security", "accounts", "cookies", "covers", "serials")
        type(self).house = deepcopy({name: vars(self)[name] for name in kept})
        SEEN.update(self.seen)

    # ---- picking, and the time ---------------------------------------------------------------------

    def one(self, what, number):
        known = list(what)
        return known[number % len(known)]

    def now(self):
        return clock.pretend(self.start + timedelta(days=self.rules.day, minutes=1))

    def ask(self, person, path, data=None):
        """Ask with the old cookie; the second factor was just given, so that only rights decide."""
        with self.now():
            Session.objects.update(strong_at=clock.now(), staff_seen_at=clock.now())
            client = self.clients[person]
            with transaction.atomic():
                answer = client.get(path) if data is None else client.post(path, data)
        assert answer.status_code < 500, path
        return answer

    def check(self, what, allowed, answer):
        self.seen.add(f"{what}: {'yes' if allowed else 'no'}")
        assert (answer.status_code == 200) == allowed, (what, answer.status_code, self.rules)

    # ---- acts ----------------------------------------------------------------------------------------

    @rule(day=st.integers(1, 3))
    def time_passes(self, day):
        if self.rules.day < 20:
            self.rules.day += day

    @rule(
        who=picks,
        to=picks,
        where=picks,
        role=st.sampled_from(roles()),
        branch=st.booleans(),
        days=st.none() | st.integers(1, 5),
    )
    def give(self, who, to, where, role, branch, days):
        giver = self.one([None, None, *self.rules.place], who)
        space, until = self.one(self.spaces, where), days and self.rules.day + days
        branch = branch or role == "unit_administrator"
        grant = Grant(self.one(self.rules.place, to), space, role, until, branch)
        self.grant(giver, grant)

    def grant(self, giver, grant):
        """Give a role, or be refused, as the plain rules say."""
        allowed = self.rules.gives(giver, grant)
        values = {
            "person_id": grant.person,
            "space_id": grant.space,
            "role": grant.role,
            "unit_id": self.units[grant.space] if grant.branch else None,
            "until": self.start + timedelta(days=grant.until) if grant.until else None,
        }
        with self.now():
            actor = load_account(self.security if giver is None else self.accounts[giver])
            if not allowed:
                with pytest.raises(Refusal), transaction.atomic():
                    give_role(actor=actor, **values)
            else:
                self.serials.append(give_role(actor=actor, **values).pk)
                self.rules.grants.append(grant)
        self.seen.add(f"give as {'security' if giver is None else 'holder'}: {'yes' if allowed else 'no'}")

    @precondition(lambda self: self.rules.grants)
    @rule(which=picks)
    def end(self, which):
        place = which % len(self.rules.grants)
        grant = self.rules.grants[place]
        if grant in self.rules.held(grant.person):
            with self.now():
                end_role(actor=load_account(self.security), grant_id=self.serials[place])
            grant.ended = True

    @rule(who=picks, to=picks)
    def move(self, who, to):
        person, space = self.one(self.rules.place, who), self.one(self.spaces, to)
        if self.rules.place[person] != space:
            with self.now():
                transfer_person(actor=None, person_id=person, unit_id=self.units[space])
            self.rules.place[person] = space

    @rule(who=picks, where=picks, publish=st.booleans(), only=st.booleans())
    def write(self, who, where, publish, only):
        if len(self.rules.articles) > 11:
            return
        person, space = self.one(self.rules.place, who), self.one(self.spaces, where)
        with self.now():
            cover = make_picture(space_id=space)
            account = load_account(self.accounts[person])
            article = make_article(
                space_id=space, publish=False, actor=account, recipients_only=only, cover=cover, title="zebra crossing"
            )
            if publish:
                publish_article(actor=None, article=article)
        self.covers[article.pk] = cover.key.hex
        self.rules.articles[article.pk] = Article(space, person, publish, only, shown_once=publish)

    @precondition(lambda self: self.rules.articles)
    @rule(who=picks, which=picks)
    def withdraw(self, who, which):
        person, article = self.one(self.rules.place, who), self.one(self.rules.articles, which)
        allowed, found = self.rules.withdraws(person, article), self.rules.articles[article]
        self.ask(person, f"/studio/articles/unpublish/{article}/", {})
        found.live = found.live and not allowed
        self.seen.add(f"withdraw: {'yes' if allowed else 'no'}")
        self.look(who, which)

    @precondition(lambda self: self.rules.articles)
    @rule(who=picks, which=picks, to=picks)
    def send(self, who, which, to):
        person, article = self.one(self.rules.place, who), self.one(self.rules.articles, which)
        target, found = self.one(self.spaces, to), self.rules.articles[article]
        there = {one for one, space in self.rules.place.items() if space == target}
        allowed = bool(self.rules.sends(person, article, target) and there)
        message, press = None, f"press-{self.rules.day}-{len(self.rules.messages)}-{who}-{which}-{to}"
        with self.now(), transaction.atomic():
            try:
                message = send_message(
                    actor=load_account(self.accounts[person]),
                    space_id=found.space,
                    sending=Sending(
                        kind="article",
                        content_id=article,
                        rule={"any": [{"unit": self.units[target]}], "none": []},
                    ),
                    key=press,
                )
            except Refusal:
                assert not allowed, self.rules
        assert (message is not None) == allowed, (person, article, target, self.rules)
        if message is not None:
            found.sent_to |= there
            self.rules.messages[message.pk] = Message(found.space, {target})
        self.seen.add(f"send: {'yes' if allowed else 'no'}")

    # ---- looks ---------------------------------------------------------------------------------------

    @precondition(lambda self: self.rules.articles)
    @rule(who=picks, which=picks)
    def look(self, who, which):
        person, article = self.one(self.rules.place, who), self.one(self.rules.articles, which)
        self.check("read", self.rules.reads(person, article), self.ask(person, f"/news/{article}/"))
        cover = f"/m/{self.covers[article]}/360.webp"
        self.check("cover", self.rules.sees_cover(person, article), self.ask(person, cover))
        answer = self.ask(person, f"/studio/articles/edit/{article}/")
        self.check("edit", self.rules.edits(person, article), answer)

    @rule(which=picks)
    def everybody_looks(self, which):
        for number in range(PEOPLE):
            self.look(number, which)
            self.look_at_figures(number, which)

    @precondition(lambda self: self.rules.articles)
    @rule(who=picks)
    def look_at_lists(self, who):
        person = self.one(self.rules.place, who)
        readable = {article for article in self.rules.articles if self.rules.reads(person, article)}
        for path in ("/news/", "/search/?q=zebra"):
            said = self.ask(person, path).text
            assert {article for article in self.rules.articles if f"/news/{article}/" in said} == readable, path
        said = self.ask(person, "/studio/articles/").text
        editable = {article for article in self.rules.articles if self.rules.edits(person, article)}
        assert {article for article in self.rules.articles if f"/articles/edit/{article}/" in said} == editable

    @precondition(lambda self: self.rules.messages)
    @rule(who=picks, which=picks)
    def look_at_figures(self, who, which):
        person, message = self.one(self.rules.place, who), self.one(self.rules.messages, which)
        allowed = self.rules.sees_figures(person, message)
        self.check("figures", allowed, self.ask(person, f"/studio/messages/{message}/"))
        listed = f"/studio/messages/{message}/" in self.ask(person, "/studio/messages/").text
        assert listed == allowed, (person, message, self.rules)


@pytest.mark.usefixtures("taken_back")
def test_the_walls_do_what_the_plain_rules_say(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for kept in (SEEN, CLIENTS, WallMachine.house):
        kept.clear()
    run_state_machine_as_test(WallMachine, settings=effort())
    # Else this test would not see the hard cases.
    assert {f"{what}: {answer}" for what in BOTH for answer in ("yes", "no")} <= SEEN


def effort():
    examples = max(6, settings().max_examples // 10)
    return settings(
        max_examples=examples, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
