"""Roles: who may give them, how far, and what follows from them."""

from datetime import timedelta

import pytest

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock
from fenjin.kit.errors import NotFound
from fenjin.people.services import end_access
from fenjin.people.testing import make_account, make_person, sign_in
from fenjin.spaces import services
from fenjin.spaces.access import HeldRole, Membership, may_give
from fenjin.spaces.models import RoleGrant
from fenjin.spaces.selectors import load_account
from fenjin.spaces.services import CannotHold, EndsInThePast, NotYoursToGive, RoleHeld, UnitElsewhere
from fenjin.spaces.testing import give_role, make_space, with_rights


def give(actor, person, space_id=1, unit_id=None, role="editor", until=None):
    return services.give_role(
        actor=with_rights(actor), person_id=person.pk, space_id=space_id, role=role, unit_id=unit_id, until=until
    )


def test_security_gives_a_role_and_the_audit_log_says_so(house):
    grant = give(house.security, house.zhang)
    account = make_account(house.zhang)
    assert load_account(account.pk).membership.roles == (HeldRole(1, "editor", None),)
    event = AuditEvent.objects.get(act="spaces.role_give")
    assert (event.actor_id, event.target_id, event.space_id) == (house.security.pk, house.zhang.pk, 1)
    assert event.details["grant"] == grant.pk


@pytest.mark.parametrize("office", ["system", "audit"])
def test_the_other_offices_give_no_role(house, office):
    with pytest.raises(NotYoursToGive):
        give(getattr(house, office), house.zhang)
    assert not RoleGrant.objects.exists()
    assert not AuditEvent.objects.filter(act__startswith="spaces.role").exists()


def test_the_same_role_twice_and_a_role_for_a_leaver_are_refused(house):
    give(house.security, house.zhang)
    with pytest.raises(RoleHeld):
        give(house.security, house.zhang)
    gone = make_person("王芳", status="left")
    with pytest.raises(CannotHold):
        give(house.security, gone)
    assert RoleGrant.objects.count() == 1


def test_a_branch_lies_in_the_space_it_is_given_for(house):
    space = make_space("华东", unit=house.east)
    with pytest.raises(UnitElsewhere):
        give(house.security, house.zhang, space_id=1, unit_id=house.plant.pk)
    assert give(house.security, house.zhang, space_id=space.pk, unit_id=house.plant.pk).unit_id == house.plant.pk


@pytest.mark.parametrize(
    ("held", "asked", "branch", "allowed"),
    [
        (HeldRole(2, "editor"), (2, "editor"), (), True),
        (HeldRole(2, "editor"), (2, "editor"), (10, 11), True),
        (HeldRole(2, "editor"), (1, "editor"), (), False),
        (HeldRole(2, "editor"), (3, "editor"), (), False),
        (HeldRole(2, "editor"), (2, "moderator"), (), False),
        (HeldRole(2, "editor"), (2, "publisher"), (), False),
        (HeldRole(2, "editor"), (2, "author"), (), True),
        (HeldRole(2, "author"), (2, "editor"), (), False),
        (HeldRole(2, "editor", 11), (2, "editor"), (10, 11), True),
        (HeldRole(2, "editor", 11), (2, "editor"), (10, 11, 12), True),
        (HeldRole(2, "editor", 11), (2, "editor"), (10,), False),
        (HeldRole(2, "editor", 11), (2, "editor"), (10, 13), False),
        (HeldRole(2, "editor", 11), (2, "editor"), (), False),
    ],
)
def test_a_holder_gives_within_the_own_branch_and_never_beyond(held, asked, branch, allowed):
    membership = Membership(account_id=1, person_id=1, roles=(held,))
    assert may_give(membership, space_id=asked[0], role=asked[1], branch=branch) is allowed


def test_who_holds_a_branch_is_not_offered_the_whole(client, house):
    space = house.zhang.posts.first().space_id
    for unit, offered in ((house.plant, False), (None, True)):
        holder = make_account(make_person("李主任", unit=house.plant))
        give_role(holder.person, "editor", space_id=house.plant.space_id, unit=unit)
        sign_in(client, holder)
        form = client.get(f"/studio/roles/give/{house.zhang.pk}/").context["form"]
        assert ("" in dict(form.fields["unit"].choices)) is offered, (unit, space)


def test_an_editor_of_a_branch_cannot_reach_the_whole_space(house):
    space = make_space("华东", unit=house.east)
    give_role(house.zhang, space_id=space.pk, unit=house.plant)
    editor = make_account(house.zhang)
    mate = make_person("赵敏", unit=house.plant)
    give(editor, mate, space_id=space.pk, unit_id=house.plant.pk)
    for unit in (None, house.east.pk):
        with pytest.raises(NotYoursToGive):
            give(editor, mate, space_id=space.pk, unit_id=unit)
    whole = give_role(mate, space_id=space.pk)
    with pytest.raises(NotYoursToGive):
        services.end_role(actor=with_rights(editor), grant_id=whole.pk)
    whole.refresh_from_db()
    assert whole.ends_at is None


def test_an_ended_role_opens_nothing_and_can_be_ended_once(house):
    grant = give(house.security, house.zhang)
    account = make_account(house.zhang)
    services.end_role(actor=with_rights(house.security), grant_id=grant.pk)
    assert not load_account(account.pk).membership.is_staff
    with pytest.raises(NotFound):
        services.end_role(actor=with_rights(house.security), grant_id=grant.pk)
    assert AuditEvent.objects.filter(act="spaces.role_end").count() == 1


def test_a_holder_gives_only_to_the_own_people(house):
    space = make_space("华东", unit=house.east)
    give_role(house.zhang, space_id=space.pk)
    with pytest.raises(NotFound):
        give(make_account(house.zhang), house.li, space_id=space.pk)
    assert RoleGrant.objects.count() == 1


def test_a_role_ends_by_itself_and_is_given_no_longer_than_it_is_held(house):
    now = clock.now()
    week, month = now + timedelta(days=7), now + timedelta(days=30)
    account, mate = make_account(house.zhang), make_person("赵敏", unit=house.plant)
    give(house.security, house.zhang, until=week)
    assert with_rights(account).membership.roles == (HeldRole(1, "editor", None, week),)
    with pytest.raises(RoleHeld):
        give(house.security, house.zhang)
    for until in (None, month):
        with pytest.raises(NotYoursToGive):
            give(account, mate, role="author", until=until)
    with pytest.raises(EndsInThePast):
        give(house.security, mate, until=now - timedelta(days=1))
    assert give(account, mate, role="author", until=week).ends_at == week
    with clock.pretend(week + timedelta(seconds=1)):
        assert not load_account(account.pk).membership.is_staff
        assert give(house.security, house.zhang).ends_at is None


def test_leaving_ends_the_roles(house):
    give_role(house.zhang)
    give(house.security, house.zhang, role="moderator", until=clock.now() + timedelta(days=7))
    end_access(house.zhang)
    assert not RoleGrant.objects.filter(RoleGrant.in_force(clock.now())).exists()


def test_the_roles_desk_gives_and_ends(client, house):
    sign_in(client, house.security)
    found = client.get("/studio/roles/give/", {"q": "zhang"}).context["found"]
    assert [row.person.pk for row in found.rows] == [house.zhang.pk]
    url = f"/studio/roles/give/{house.zhang.pk}/"
    page = client.get(url)
    assert page.status_code == 200
    assert page.context["space"].pk == house.zhang.posts.first().space_id  # where the person works, not the group
    assert client.post(url, {"space": 1, "role": "editor", "unit": ""}).status_code == 302
    grant = RoleGrant.objects.get()
    assert (grant.person_id, grant.space_id, grant.unit_id) == (house.zhang.pk, 1, None)
    page = client.get("/studio/roles/")
    assert [row.pk for row in page.context["held"]] == [grant.pk]
    assert client.post(url, {"space": 1, "role": "editor", "unit": ""}).status_code == 422
    assert client.get(f"/studio/people/{house.zhang.pk}/").text.count(f"/studio/roles/{grant.pk}/end/") == 1
    assert client.post(f"/studio/roles/{grant.pk}/end/").status_code == 302
    assert not client.get("/studio/roles/").context["held"]


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("get", "/studio/roles/"),
        ("get", "/studio/roles/give/"),
        ("post", "/studio/roles/give/{person}/"),
        ("post", "/studio/roles/{grant}/end/"),
        ("get", "/studio/sub-platforms/"),
        ("get", "/studio/sub-platforms/open/"),
        ("post", "/studio/sub-platforms/open/{unit}/"),
    ],
)
@pytest.mark.parametrize("who", ["editor", "employee", "audit", "system", "security"])
def test_each_desk_opens_for_its_office_only(client, house, method, url, who):
    grant = give_role(house.li)
    account = {"editor": lambda: make_account(house.li), "employee": lambda: make_account(house.zhang)}.get(
        who, lambda: getattr(house, who)
    )()
    sign_in(client, account)
    url = url.format(person=house.zhang.pk, grant=grant.pk, unit=house.east.pk)
    allowed = {"security", "editor"} if "/roles/" in url else {"system"}
    data = {"space": 1, "role": "editor", "name": "华东", "seal": "东"} if method == "post" else {}
    response = getattr(client, method)(url, data)
    assert response.status_code == (404 if who not in allowed else 302 if method == "post" else 200)
    grant.refresh_from_db()
    if who not in allowed:
        assert grant.ends_at is None
        assert RoleGrant.objects.count() == 1
