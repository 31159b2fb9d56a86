"""The second factor of staff: no studio on a password alone, no code twice, and a way back when the phone is lost."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils.html import escape

from fenjin.audit.models import AuditEvent
from fenjin.kit import clock, vault
from fenjin.kit.runtime import database
from fenjin.people import services
from fenjin.people.models import AccountNote, Factor, Installation, OutsideIdentity, RecoveryCode, Session
from fenjin.people.outside.common import Outsider
from fenjin.people.services import factors, limiter, outside, totp
from fenjin.people.testing import PASSWORD, code_now, give_app, make_administrator, sign_in

GATE, ADD, STUDIO = "/confirm-identity/", "/second-factor/", "/studio/people/"


def come_in(client, account, **more):
    return client.post("/sign-in/", {"number": account.operator_name, "password": PASSWORD, **more})


def open_studio(client, code, **more):
    return client.post(GATE, {"code": code, **more})


@pytest.fixture
def secret(security):
    return give_app(security)


@pytest.fixture
def inside(client, security, secret):
    """A browser in which the security administrator has given the password only."""
    come_in(client, security)
    return client


# ---- the values of the standard ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_codes_are_those_of_rfc_6238(monkeypatch, second, code):
    monkeypatch.setattr(clock, "now", lambda: datetime.fromtimestamp(second, UTC))
    standard_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890" in Base32
    assert totp.code_at(standard_secret, totp.step_now()) == code
    assert totp.matching_step(standard_secret, code) == second // 30


# ---- the gate --------------------------------------------------------------------------------------------


def test_a_password_alone_never_opens_the_studio(client, security):
    come_in(client, security)
    answer = client.get(STUDIO)
    assert answer["Location"] == "/confirm-identity/?next=%2Fstudio%2Fpeople%2F"
    assert client.get(answer["Location"])["Location"] == "/second-factor/?next=%2Fstudio%2Fpeople%2F"
    client.post(GATE, {"password": PASSWORD, "next": STUDIO})
    assert client.get(STUDIO).status_code == 302


def test_the_code_of_the_app_opens_the_studio_where_one_was_going(inside, secret):
    assert b"one-time-code" in inside.get(GATE, {"next": STUDIO}).content
    assert open_studio(inside, code_now(secret), next=STUDIO)["Location"] == STUDIO
    assert inside.get(STUDIO).status_code == 200
    assert AuditEvent.objects.get(act="people.factor_given").details == {"by": "app"}


def test_a_code_opens_once_also_from_another_browser(inside, security, secret):
    code = code_now(secret)
    assert open_studio(inside, code).status_code == 302
    thief = Client()
    come_in(thief, security)
    assert open_studio(thief, code).status_code == 422
    assert thief.get(STUDIO).status_code == 302


def test_an_older_code_does_not_open_after_a_newer_one(inside, secret):
    before, now = code_now(secret, steps=-1), code_now(secret)
    assert open_studio(inside, now).status_code == 302
    assert open_studio(inside, before).status_code == 422


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(inside, secret, steps, status, monkeypatch):
    frozen = clock.now()
    monkeypatch.setattr(clock, "now", lambda: frozen)
    assert open_studio(inside, code_now(secret, steps=steps)).status_code == status


def test_codes_are_throttled_and_a_right_one_does_not_pass_then(inside, secret, later):
    for _try in range(limiter.TRIES["pair"]):
        assert open_studio(inside, "000000").status_code == 422
    assert open_studio(inside, code_now(secret)).status_code == 429
    later(minutes=16)
    assert open_studio(inside, code_now(secret)).status_code == 302


@pytest.mark.parametrize("span", [{"minutes": 31}, {"hours": 7, "minutes": 59}])
def test_after_a_pause_the_code_is_enough(inside, secret, later, span):
    open_studio(inside, code_now(secret))
    later(**span)
    assert inside.get(STUDIO).status_code == 302
    assert open_studio(inside, code_now(secret)).status_code == 302
    assert inside.get(STUDIO).status_code == 200


def test_after_eight_hours_the_password_comes_first_on_the_same_session(inside, security, secret, later):
    open_studio(inside, code_now(secret))
    later(hours=8, minutes=1)
    assert b'name="password"' in inside.get(GATE).content
    assert b'name="password"' in open_studio(inside, code_now(secret)).content
    assert inside.get(STUDIO).status_code == 302
    assert inside.post(GATE, {"password": PASSWORD, "next": STUDIO})["Location"].startswith(GATE)
    assert open_studio(inside, code_now(secret), next="//evil.example/")["Location"] == "/studio/"
    assert inside.get(STUDIO).status_code == 200
    assert Session.objects.filter(account=security).count() == 1


def test_a_service_call_without_a_fresh_password_is_refused(security, secret, client):
    row = sign_in(client, security)
    with pytest.raises(factors.NotYetProven):
        factors.give_code(session=row, account=security, code=code_now(secret))


def test_an_employee_without_power_meets_no_second_factor(client, account):
    client.post("/sign-in/", {"number": "00001234", "password": PASSWORD})
    assert client.get(ADD).status_code == 404
    assert client.post(GATE, {"password": PASSWORD})["Location"] == "/"


# ---- adding it -------------------------------------------------------------------------------------------


def begin(client):
    page = client.get(ADD)
    return page, page.context["offer"]


def test_the_first_entry_adds_an_app_and_shows_recovery_codes_once(client, security):
    come_in(client, security)
    page, offer = begin(client)
    assert escape(offer.grouped) in page.content.decode()
    assert "data:image/svg+xml" in page.content.decode()
    assert parse_qs(urlsplit(offer.address).query)["secret"] == [offer.secret]
    answer = client.post(ADD, {"token": offer.token, "code": code_now(offer.secret), "next": STUDIO})
    assert len(answer.context["codes"]) == 10
    assert answer.context["goal"] == STUDIO
    assert client.get(STUDIO).status_code == 200
    stored = Factor.objects.get(account=security)
    assert offer.secret not in stored.secret
    assert vault.unseal(stored.secret, purpose=factors.SEALED_FOR) == offer.secret
    hashes = " ".join(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not any(code.replace(" ", "") in hashes for code in answer.context["codes"])


def test_the_code_that_added_the_app_does_not_also_open(client, security):
    come_in(client, security)
    _page, offer = begin(client)
    code = code_now(offer.secret)
    client.post(ADD, {"token": offer.token, "code": code})
    assert open_studio(client, code).status_code == 422


def test_a_wrong_first_code_adds_nothing_and_keeps_the_same_secret(client, security):
    come_in(client, security)
    _page, offer = begin(client)
    answer = client.post(ADD, {"token": offer.token, "code": "000000"})
    assert answer.status_code == 422
    assert answer.context["offer"].secret == offer.secret
    assert not Factor.objects.exists()
    assert client.get(STUDIO).status_code == 302


def test_an_offer_of_somebody_else_or_of_yesterday_is_refused(client, security, system, later):
    come_in(client, security)
    theirs = factors.offer_app(system)
    answer = client.post(ADD, {"token": theirs.token, "code": code_now(theirs.secret)})
    assert (answer.status_code, answer.context["refusal"].code) == (422, "offer_over")
    assert answer.context["offer"].secret != theirs.secret
    assert client.post(ADD, {"token": "nonsense", "code": "123456"}).status_code == 422
    assert not Factor.objects.exists()


def test_a_thief_with_the_password_cannot_add_a_factor_of_his_own(inside, security, secret):
    answer = inside.get(ADD)
    assert answer["Location"].startswith(GATE)
    mine = factors.offer_app(security)
    assert inside.post(ADD, {"token": mine.token, "code": code_now(mine.secret)})["Location"].startswith(GATE)
    row = Session.objects.get(account=security)
    with pytest.raises(factors.NotYetProven):
        factors.add_app(session=row, account=security, token=mine.token, code=code_now(mine.secret), strong=False)
    assert Factor.objects.count() == 1


def test_an_old_phone_session_cannot_add_the_first_factor(client, security, later):
    come_in(client, security)
    later(minutes=31)
    assert client.get(ADD)["Location"].startswith(GATE)


def test_who_gave_the_password_an_hour_ago_gives_it_again_before_the_first_factor(client, security, later):
    come_in(client, security)
    later(hours=1)
    door = client.get("/studio/", follow=True)
    assert [where.split("?")[0] for where, _status in door.redirect_chain] == ["/confirm-identity/"]
    answer = client.post(door.request["PATH_INFO"] + "?next=/studio/", {"password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/second-factor/")
    assert answer.status_code == 200


def test_with_the_factor_given_another_app_takes_its_place(inside, security, secret):
    open_studio(inside, code_now(secret))
    _page, offer = begin(inside)
    assert inside.post(ADD, {"token": offer.token, "code": code_now(offer.secret)}).status_code == 200
    assert Factor.objects.filter(account=security).count() == 1
    assert open_studio(inside, code_now(secret, steps=1)).status_code == 422


# ---- when the phone is lost -----------------------------------------------------------------------------


def test_a_recovery_code_opens_once_and_says_how_many_are_left(inside, security, secret):
    first, second, *_rest = factors.renew_recovery_codes(account=security)
    assert open_studio(inside, f" {first.lower()} ").status_code == 302
    assert "9" in inside.get("/studio/").content.decode()
    assert open_studio(inside, first).status_code == 422
    assert open_studio(inside, second).status_code == 302
    assert {row.details["by"] for row in AuditEvent.objects.filter(act="people.factor_given")} == {"recovery"}


def test_new_recovery_codes_stop_the_old_ones_and_need_the_factor(inside, security, secret):
    [old, *_rest] = factors.renew_recovery_codes(account=security)
    assert inside.post("/second-factor/recovery-codes/")["Location"].startswith(GATE)
    open_studio(inside, code_now(secret))
    assert len(inside.post("/second-factor/recovery-codes/").context["codes"]) == 10
    assert open_studio(inside, old).status_code == 422


def test_a_recovery_code_of_somebody_else_opens_nothing(inside, system, secret):
    [theirs, *_rest] = factors.renew_recovery_codes(account=system)
    assert open_studio(inside, theirs).status_code == 422


def test_the_security_administrator_resets_and_the_owner_is_told(client, security, system):
    give_app(system)
    row = sign_in(Client(), system)
    sign_in(client, security)
    answer = client.post(f"/studio/administrators/{system.pk}/factor/reset/")
    assert answer.status_code == 302
    assert not Factor.objects.filter(account=system).exists()
    row.refresh_from_db()
    assert row.revoked_at is not None
    assert AccountNote.objects.get(account=system).kind == "factor"
    event = AuditEvent.objects.get(act="people.factor_reset")
    assert (event.actor_id, event.target_id) == (security.pk, system.pk)
    owner = Client()
    come_in(owner, system)
    assert owner.get(ADD).context["reset_at"] is not None


def test_nobody_resets_the_own_factor_and_only_security_resets(client, security, secret, system):
    with pytest.raises(factors.NotYourOwn):
        services.reset_factors(actor=security, account=security)
    sign_in(client, system)
    assert client.post(f"/studio/administrators/{security.pk}/factor/reset/").status_code == 404
    assert Factor.objects.filter(account=security).exists()
    other = make_administrator("security")
    services.reset_factors(actor=other, account=security)
    assert not Factor.objects.filter(account=security).exists()


def test_leaving_takes_the_factor_along(account, zhang):
    give_app(account)
    factors.renew_recovery_codes(account=account)
    row = Installation.objects.create(
        key="oidc-1", kind="oidc", name="统一认证", made_at=clock.now(), changed_at=clock.now()
    )
    outside.link(account=account, installation=row, who=Outsider("zhangwei"))
    services.end_access_of(person_ids=[zhang.pk])
    assert not Factor.objects.exists()
    assert not OutsideIdentity.objects.exists()
    assert not RecoveryCode.objects.exists()


# ---- the demo -------------------------------------------------------------------------------------------


def test_the_code_of_the_demo_opens_nothing_in_a_real_database(client, security):
    code = services.give_demo_code(security)
    come_in(client, security)
    assert client.get(GATE)["Location"] == ADD
    row = Session.objects.get(account=security)
    with pytest.raises(factors.WrongCode):
        factors.give_code(session=row, account=security, code=code)


@pytest.fixture
def flagged_as_demo(test_database, db):
    """Write the loader's note into this process's database, and take it away again."""
    database.write_note(test_database.urls.owner, loaded="demo")
    yield
    database.write_note(test_database.urls.owner, loaded="")


def test_the_code_of_the_demo_opens_a_database_that_its_loader_flagged(client, security, flagged_as_demo):
    code = services.give_demo_code(security)
    come_in(client, security)
    assert open_studio(client, "000000" if code != "000000" else "111111").status_code == 422
    assert open_studio(client, code).status_code == 302
    assert client.get(STUDIO).status_code == 200
