"""For each office the exact set of studio addresses that open for it, walked by asking every one.

A new desk fails here until somebody has written down for whom it is. POST and GET are both tried, so an
address that changes something stands in the same table.
"""

import pytest
from django.test import Client

from fenjin.kit.scope import Reason, every_space
from fenjin.people.testing import make_administrator, sign_in
from fenjin.spaces.access import STUDIO, membership_of, staff_scope
from fenjin.spaces.testing import make_editor, with_rights
from tests.house.addresses import all_addresses, ours

OFFICES = ("system", "security", "audit")
# BEGIN: which of our addresses below /studio/ open for whom.
OPENS = {
    "system": {
        "delivery_desk:ringing",
        "delivery_desk:ringing_of",
        "people_desk:administrators",
        "people_desk:branch",
        "people_desk:columns_forget",
        "people_desk:handover_cancel",
        "people_desk:handover_confirm",
        "people_desk:import",
        "people_desk:import_again",
        "people_desk:import_apply",
        "people_desk:import_cancel",
        "people_desk:import_columns",
        "people_desk:import_file",
        "people_desk:import_undo",
        "people_desk:import_upload",
        "people_desk:imports",
        "people_desk:installation",
        "people_desk:installation_add",
        "people_desk:installation_switch",
        "people_desk:installation_test",
        "people_desk:installations",
        "people_desk:notice",
        "people_desk:notice_drop",
        "people_desk:notice_edit",
        "people_desk:notice_preview",
        "people_desk:notice_publish",
        "people_desk:organisation",
        "people_desk:people",
        "people_desk:people_export",
        "people_desk:person",
        "people_desk:person_change",
        "people_desk:person_new",
        "people_desk:person_undo",
        "people_desk:post_change",
        "people_desk:remembered_columns",
        "people_desk:retention",
        "people_desk:retention_set",
        "people_desk:unit",
        "people_desk:unit_change",
        "people_desk:unit_export",
        "people_desk:unit_undo",
        "people_desk:upload_columns",
        "shell_desk:correction",
        "shell_desk:corrections",
        "spaces:account",
        "spaces:script_words",
        "spaces_desk:platform_find",
        "spaces_desk:platform_open",
        "spaces_desk:platforms",
        "spaces_desk:settings",
        "spaces_desk:settings_of",
    },
    "security": {
        "delivery_desk:sending_rules",
        "delivery_desk:sending_rules_all",
        "newsroom_desk:rule",
        "newsroom_desk:rules",
        "people_desk:administrator_end",
        "people_desk:administrator_make",
        "people_desk:administrators",
        "people_desk:branch",
        "people_desk:case",
        "people_desk:case_close",
        "people_desk:case_give_back",
        "people_desk:cases",
        "people_desk:code_issue",
        "people_desk:code_revoke",
        "people_desk:codes",
        "people_desk:factor_reset",
        "people_desk:handover_cancel",
        "people_desk:handover_confirm",
        "people_desk:import_approve",
        "people_desk:organisation",
        "people_desk:people",
        "people_desk:people_export",
        "people_desk:person",
        "people_desk:retention",
        "people_desk:retention_set",
        "people_desk:sessions_end",
        "people_desk:sheet_print",
        "people_desk:sheet_revoke",
        "people_desk:stopped_import",
        "people_desk:stopped_imports",
        "people_desk:unit",
        "people_desk:unit_codes",
        "people_desk:unit_export",
        "shell_desk:complaint",
        "shell_desk:complaints",
        "spaces:account",
        "spaces:script_words",
        "spaces_desk:left_behind",
        "spaces_desk:left_behind_pass_on",
        "spaces_desk:role_end",
        "spaces_desk:role_find",
        "spaces_desk:role_give",
        "spaces_desk:roles",
    },
    "audit": {
        "audit_desk:doors",
        "audit_desk:events",
        "audit_desk:export",
        "audit_desk:export_fetch",
        "audit_desk:exports",
        "audit_desk:verify",
        "people_desk:administrators",
        "people_desk:handover_cancel",
        "people_desk:handover_confirm",
        "spaces:account",
        "spaces:script_words",
    },
}
# END


def at_work():
    """Return our addresses below /studio/."""
    return [address for address in ours(all_addresses()) if address.path.startswith(STUDIO)]


def opened(who):
    """Return the names of the addresses whose rules let somebody in."""
    return {address.name for address in at_work() if rule_lets_in(address, who)}


class Asking:
    """A request as far as rules look at it."""

    def __init__(self, account):
        self.user = with_rights(account)
        self.session = type("Session", (), {"row": None})()
        self.method = "GET"


def rule_lets_in(address, who):
    verdicts = {rule.judge(Asking(who)).value for rule in address.rules}
    return "not found" not in verdicts and "sign in" not in verdicts


@pytest.fixture
def who(db):
    with every_space(Reason.TEST):
        return {office: make_administrator(office) for office in OFFICES}


@pytest.mark.parametrize("office", OFFICES)
def test_each_office_opens_exactly_what_is_written_here(who, office):
    assert opened(who[office]) == OPENS[office]


def test_the_audit_administrator_changes_nothing(who):
    """Of what opens for audit, only these take a POST; each is an act in the log, or about the own account."""
    own = {name for name in OPENS["audit"] if not name.startswith("audit_desk:")}
    confirming = {"people_desk:administrators", "people_desk:handover_confirm", "people_desk:handover_cancel"}
    assert own == confirming | {"spaces:account", "spaces:script_words"}  # the way to the own account; words of scripts


def test_nobody_but_audit_opens_anything_of_the_log(who):
    for office in ("system", "security"):
        assert not {name for name in opened(who[office]) if name.startswith("audit")}, office
    with every_space(Reason.TEST):
        assert not {name for name in opened(make_editor(1)) if name.startswith("audit")}


def test_system_neither_gives_rights_nor_sees_content(who):
    names = opened(who["system"])
    assert not names & {
        "people_desk:code_issue",
        "people_desk:code_revoke",
        "people_desk:administrator_make",
        "people_desk:administrator_end",
        "people_desk:factor_reset",
        "spaces_desk:roles",
        "spaces_desk:role_find",
        "spaces_desk:role_give",
        "spaces_desk:role_end",
        "spaces_desk:left_behind",
        "spaces_desk:left_behind_pass_on",
    }
    # On which days and at which hours nothing rings is a setting; the messages themselves stay closed.
    rules = {"delivery_desk:ringing", "delivery_desk:ringing_of"}
    content = ("delivery", "newsroom", "articles", "pictures", "media")
    assert {name for name in names if name.startswith(content)} == rules


def test_security_neither_imports_nor_opens_sub_platforms_nor_sees_content(who):
    names = opened(who["security"])
    assert not names & {
        "people_desk:import_upload",
        "people_desk:import_apply",
        "people_desk:import_undo",
        "spaces_desk:platforms",
        "spaces_desk:platform_find",
        "spaces_desk:platform_open",
    }
    content = ("delivery", "newsroom", "articles", "pictures", "media", "moderation", "files")
    # Through how many hands an article or a message goes is a matter of rights; they themselves stay closed.
    rules = {"newsroom_desk:rule", "newsroom_desk:rules"}
    rules |= {"delivery_desk:sending_rules", "delivery_desk:sending_rules_all"}
    assert {name for name in names if name.startswith(content)} == rules


@pytest.mark.parametrize("office", OFFICES)
def test_no_office_has_content_in_scope(who, office):
    scope = staff_scope(membership_of(Asking(who[office])))
    assert not scope.content


@pytest.mark.parametrize(
    ("office", "methods"), [("system", ["get"]), ("security", ["post"]), ("audit", ["get", "post"])]
)
def test_what_a_rule_shuts_answers_404(who, office, methods):
    """The rules above are asked by the studio itself: a real client gets the same answer."""
    client = Client()
    sign_in(client, who[office])
    wrong = []
    for address in at_work():
        if rule_lets_in(address, who[office]):
            continue
        for method in methods:
            answer = getattr(client, method)(address.path)
            if answer.status_code == 301:
                answer = getattr(client, method)(answer["Location"])
            if answer.status_code not in (404, 405):
                wrong.append(f"{address.name}: {answer.status_code}")
    assert wrong == []
