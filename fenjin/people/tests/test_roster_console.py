"""A stopped roster is approved at the command line only by somebody who proves to be the security administrator."""

from contextlib import nullcontext

import click
import pytest
from click.testing import CliRunner

from fenjin.audit.models import AuditEvent
from fenjin.people.models import RosterApproval, RosterImport
from fenjin.people.roster.command import roster_commands
from fenjin.people.services import roster
from fenjin.people.testing import PASSWORD, code_now, give_app, make_administrator
from fenjin.people.tests.test_roster_decisions import HEADER, many

pytestmark = pytest.mark.django_db


@pytest.fixture
def stopped(world, tmp_path, settings):
    settings.FENJIN_DATA = tmp_path
    path = tmp_path / "roster.csv"
    for count in (50, 25):
        path.write_text("\n".join([HEADER, *many(0, count, "甲公司/一处")]), encoding="utf-8")
        made = roster.preview_roster(actor=None, file_path=path, original_name="名册.csv")
        if made.state == RosterImport.State.PREVIEWED:
            roster.apply_roster(actor=None, import_id=made.pk)
    return made


def fenjin(*words, typed=""):
    group = roster_commands(click.option("--data", default="."), lambda _data: nullcontext())
    return CliRunner().invoke(group, [str(word) for word in words], input=typed)


def test_the_security_administrator_approves_and_the_operator_applies(stopped):
    security = make_administrator("security")
    secret = give_app(security)
    assert fenjin("apply", stopped.pk).exit_code == 1
    typed = f"{security.operator_name}\n{PASSWORD}\n{code_now(secret)}\n"
    said = fenjin("approve", stopped.pk, "--reason", "人事处电话确认", typed=typed)
    assert said.exit_code == 0, said.output
    assert "25" in said.output
    approval = RosterApproval.objects.get()
    assert (approval.approved_by, approval.reason) == (security, "人事处电话确认")
    row = AuditEvent.objects.get(act="people.roster_approve")
    assert (row.actor_id, row.details["console"]) == (security.pk, True)
    assert fenjin("apply", stopped.pk).exit_code == 0
    assert RosterImport.objects.get(pk=stopped.pk).state == "applied"


@pytest.mark.parametrize(
    ("office", "password", "code"),
    [("system", PASSWORD, None), ("security", "wrong", None), ("security", PASSWORD, "000000")],
)
def test_running_the_machine_is_not_being_the_security_administrator(stopped, office, password, code):
    account = make_administrator(office)
    code = code or code_now(give_app(account))
    said = fenjin("approve", stopped.pk, "--reason", "急", "--as", account.operator_name, typed=f"{password}\n{code}\n")
    assert said.exit_code == 1
    assert not RosterApproval.objects.exists()


def test_only_what_was_stopped_is_approved(stopped):
    first = RosterImport.objects.earliest("pk")
    for number in (first.pk, 987654):
        said = fenjin("approve", number, "--reason", "急", typed="security\n")
        assert said.exit_code == 1
        assert "security" not in said.output, "it is refused before anybody is asked who they are"
