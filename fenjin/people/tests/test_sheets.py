"""Sheets of codes: who prints for whom, what is on them, and that they can be stopped."""

import re
from uuid import uuid4

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.kit.errors import NotFound
from fenjin.people import services
from fenjin.people.access import NotYourOffice, Reach
from fenjin.people.models import ClaimCode, CodeSheet
from fenjin.people.selectors.code_sheets import count_accounts, list_sheets, who_waits
from fenjin.people.services import sheets
from fenjin.people.services.sheets import NobodyWaits, PrintedAlready, SheetTooLarge
from fenjin.people.testing import make_account, make_administrator, make_person, make_unit, sign_in

EVERYBODY = Reach(everybody=True)


@pytest.fixture
def house(world, security):
    """Return a company with two workshops: two people in one, one in the other, one in a foreign company."""

    class House:
        group = make_unit("启明集团")
        company = make_unit("华东石化公司", parent=group)
        first = make_unit("检修一班", parent=company)
        second = make_unit("检修二班", parent=company)
        foreign = make_unit("海外公司", parent=group)
        wang = make_person("王海宁", unit=first, number="00000001")
        li = make_person("李娜", unit=first, number="00000002")
        zhao = make_person("赵敏", unit=second, number="00000003")
        far = make_person("周远", unit=foreign, number="00000004")

    House.security = security
    House.security.office = "security"
    return House


def unit_administrator(unit, person=None):
    """Return an account as a request carries it, with the role for one branch."""
    account = make_account(person or make_person("孙主任", unit=unit))

    class Membership:
        @staticmethod
        def units_with(role):
            return frozenset({unit.pk}) if role == "unit_administrator" else frozenset()

    account.membership = Membership()
    return account


def print_for(actor, unit, **more):
    return services.print_sheet(actor=actor, unit_id=unit.pk, key=uuid4(), **({"below": True} | more))


def test_everybody_without_an_account_gets_a_slip_once(house):
    make_account(house.li)
    made = print_for(house.security, house.company)
    assert {(slip.name, slip.where.split(" / ")[-1]) for slip in made.slips} == {
        ("王海宁", "检修一班"),
        ("赵敏", "检修二班"),
    }
    assert len({slip.code for slip in made.slips}) == 2
    for slip in made.slips:
        found = services.check_claim(number=slip.number, name=slip.name, code=slip.code, address="10.0.0.1")
        assert found.sheet_id == made.sheet.pk
    with pytest.raises(NobodyWaits):
        print_for(house.security, house.company)


def test_only_hashes_are_kept_and_one_audit_row_without_names(house):
    made = print_for(house.security, house.company)
    kept = " ".join(ClaimCode.objects.values_list("code_hash", flat=True))
    assert not any(slip.code in kept for slip in made.slips)
    event = AuditEvent.objects.get(act="people.sheet_print")
    assert event.details == {"sheet": made.sheet.pk, "codes": 3, "below": True}


def test_a_unit_alone_and_with_those_below(house):
    make_person("孙工", unit=house.company, number="00000009")
    assert [slip.name for slip in print_for(house.security, house.company, below=False).slips] == ["孙工"]
    assert count_accounts(house.company).people == 4
    assert count_accounts(house.company).waiting == 3
    assert count_accounts(house.company, below=False).waiting == 0


def test_printing_again_replaces_lost_slips(house):
    first = print_for(house.security, house.first)
    again = print_for(house.security, house.first, renew=True)
    old, new = ({slip.number: slip.code for slip in made.slips} for made in (first, again))
    assert old.keys() == new.keys()
    assert ClaimCode.objects.filter(sheet=first.sheet, revoked_at__isnull=True).count() == 0


def test_the_same_press_twice_prints_once(house):
    key = uuid4()
    services.print_sheet(actor=house.security, unit_id=house.first.pk, below=True, key=key)
    with pytest.raises(PrintedAlready):
        services.print_sheet(actor=house.security, unit_id=house.first.pk, below=True, key=key, renew=True)
    assert CodeSheet.objects.count() == 1
    assert ClaimCode.objects.filter(revoked_at__isnull=True).count() == 2


def test_a_sheet_that_would_be_too_large_is_refused_before_anything_is_made(house, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_SLIPS", 2)
    with pytest.raises(SheetTooLarge):
        print_for(house.security, house.group)
    assert not ClaimCode.objects.exists()


def test_a_unit_administrator_prints_for_the_own_branch_only(house):
    near = unit_administrator(house.company)
    assert {slip.name for slip in print_for(near, house.company).slips} == {"王海宁", "李娜", "赵敏"}
    for unit in (house.foreign, house.group):
        with pytest.raises(NotFound):
            print_for(near, unit)
    with pytest.raises(NotYourOffice):
        services.issue_claim_code(actor=near, person=house.far)
    assert services.issue_claim_code(actor=near, person=house.wang).row.person_id == house.wang.pk


def test_a_unit_administrator_makes_no_code_for_who_has_power_nor_for_themselves(house, monkeypatch):
    near = unit_administrator(house.company, person=make_person("孙主任", unit=house.first, number="00000008"))
    monkeypatch.setattr("fenjin.people.register._powerful", [lambda ids: {house.wang.pk} & set(ids)])
    assert {slip.name for slip in print_for(near, house.company).slips} == {"李娜", "赵敏"}
    for person in (house.wang, near.person):
        with pytest.raises(NotYourOffice):
            services.issue_claim_code(actor=near, person=person)
    assert {slip.name for slip in print_for(house.security, house.company, renew=False).slips} == {"王海宁"}


@pytest.mark.parametrize("office", ["system", "audit"])
def test_the_other_offices_print_nothing(house, office):
    with pytest.raises(NotFound):
        print_for(make_administrator(office), house.first)


def test_a_sheet_is_stopped_as_a_whole_and_used_codes_stay_used(house):
    made = print_for(house.security, house.first)
    used = made.slips[0]
    code = services.check_claim(number=used.number, name=used.name, code=used.code, address="10.0.0.1")
    services.claim_account(code_id=code.pk, password="a path by the sea", notice_version=1)
    assert services.revoke_sheet(actor=house.security, sheet_id=made.sheet.pk) == 1
    lost = made.slips[1]
    with pytest.raises(services.claim.WrongClaim):
        services.check_claim(number=lost.number, name=lost.name, code=lost.code, address="10.0.0.1")
    line = list_sheets(EVERYBODY).get()
    assert (line.slips, line.used, line.open, line.expired, line.stopped) == (2, 1, 0, 0, 1)
    with pytest.raises(NotFound):
        services.revoke_sheet(actor=house.security, sheet_id=made.sheet.pk)
    with pytest.raises(NotFound):
        services.revoke_sheet(actor=unit_administrator(house.foreign), sheet_id=made.sheet.pk)


def test_codes_that_ran_out_are_counted_as_expired(house, later):
    print_for(house.security, house.first)
    later(days=8)
    line = list_sheets(EVERYBODY).get()
    assert (line.open, line.expired) == (0, 2)
    assert len(who_waits(house.first, below=True, with_codes=False, most=9)) == 2


def test_the_sheet_arrives_in_pieces_with_a_code_in_each_square(client, house):
    sign_in(client, house.security)
    response = client.post(
        f"/studio/codes/units/{house.company.pk}/print/", {"key": str(uuid4()), "below": "yes"}, headers={}
    )
    assert response.streaming
    page = b"".join(response.streaming_content).decode()
    assert page.count('class="slip"') == 3
    assert page.count("data:image/svg+xml") == 3
    assert "data-end" in page
    codes = re.findall(r'class="slip-code">(\w{4}) (\w{4})<', page)
    assert len(codes) == 3
    assert response.headers["Cache-Control"].startswith("max-age=0")
    assert not any("".join(code) in page for code in codes), "a code stands on its slip as people read it, nowhere else"


def test_the_desk_shows_who_waits_and_the_list_names_nobody(client, house):
    sign_in(client, house.security)
    unit = client.get(f"/studio/codes/units/{house.company.pk}/").text
    assert all(name in unit for name in ("王海宁", "李娜", "赵敏"))
    assert "周远" not in unit
    print_for(house.security, house.company)
    listed = client.get("/studio/codes/").text
    assert "华东石化公司" in listed
    assert "王海宁" not in listed


def test_the_statements_of_a_printing_do_not_grow_with_the_people(house, django_assert_max_num_queries):
    for number in range(30):
        make_person(f"员工{number}", unit=house.second, number=f"1{number:07}")
    with django_assert_max_num_queries(14):
        assert len(print_for(house.security, house.company).slips) == 33
