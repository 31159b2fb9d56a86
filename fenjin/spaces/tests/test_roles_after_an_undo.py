"""A roster that sent people away by mistake is undone: their roles come back, as far as they would have held."""

from datetime import date, timedelta

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.people.models import Factor, Person
from fenjin.people.services import roster
from fenjin.people.testing import give_app, make_account, make_administrator
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.services import end_role, give_role
from fenjin.spaces.testing import with_rights

HEADER = "工号,姓名,部门路径,岗位,手机,状态"


@pytest.fixture
def wrong_month(db, tmp_path, settings):
    """A hundred people of whom the first two hold roles; then a file without those two, applied."""
    settings.FENJIN_DATA = tmp_path
    path = tmp_path / "roster.csv"
    lines = [f"{10000 + index},王伟,集团/甲公司,工人,,在岗" for index in range(100)]

    def bring_in(rows, on):
        path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
        made = roster.preview_roster(actor=None, file_path=path, original_name="名册.csv")
        return roster.apply_roster(actor=None, import_id=made.pk, on=on)

    with every_space(Reason.TEST):
        bring_in(lines, date(2026, 5, 1))
        people = list(Person.objects.filter(staff_number__in=("10000", "10001")).order_by("staff_number"))
        security = with_rights(make_administrator("security"))
        soon = clock.now() + timedelta(days=2)
        give = {"actor": security, "space_id": GROUP_SPACE}
        grants = [
            give_role(person_id=people[0].pk, role="editor", **give),
            give_role(person_id=people[0].pk, role="moderator", until=soon, **give),
            give_role(person_id=people[1].pk, role="auditor", **give),
        ]
        end_role(actor=security, grant_id=grants[2].pk)  # ended before, by hand
        account = make_account(people[0])
        give_app(account)
        made = bring_in(lines[2:], date(2026, 6, 1))
        yield made, people, grants, soon, security


def in_force():
    return set(RoleGrant.objects.filter(RoleGrant.in_force(clock.now())).values_list("pk", flat=True))


def test_roles_that_the_apply_ended_come_back_and_no_others(wrong_month):
    made, people, grants, soon, _security = wrong_month
    assert not in_force() & {grant.pk for grant in grants}
    roster.undo_roster(actor=None, import_id=made.pk)
    assert in_force() >= {grants[0].pk, grants[1].pk}
    assert grants[2].pk not in in_force()
    assert RoleGrant.objects.get(pk=grants[0].pk).ends_at is None
    assert RoleGrant.objects.get(pk=grants[1].pk).ends_at == soon
    told = AuditEvent.objects.filter(act="spaces.role_give", details__undo=True).values_list("target_id", flat=True)
    assert list(told) == [people[0].pk, people[0].pk]
    assert AuditEvent.objects.get(act="people.roster_undo").details["done"]["role"] == 2
    assert not Factor.objects.filter(account__person=people[0]).exists()  # added anew, as the page says


def test_a_role_whose_day_has_passed_meanwhile_stays_ended(wrong_month, monkeypatch):
    made, _people, grants, soon, _security = wrong_month
    monkeypatch.setattr(clock, "now", lambda: soon + timedelta(days=1))
    roster.undo_roster(actor=None, import_id=made.pk)
    assert grants[1].pk not in in_force()
    assert RoleGrant.objects.get(pk=grants[1].pk).ends_at == soon


def test_a_role_that_was_ended_otherwise_since_is_left_alone(wrong_month):
    made, _people, grants, _soon, _security = wrong_month
    other = clock.now() - timedelta(minutes=1)
    RoleGrant.objects.filter(pk=grants[0].pk).update(given_at=other, ends_at=other)
    roster.undo_roster(actor=None, import_id=made.pk)
    assert in_force() & {grant.pk for grant in grants} == {grants[1].pk}
