"""Writes of people: one verb or noun a file. The tree has its own door, services.tree."""

from fenjin.people.services.accounts import (
    change_password,
    change_preferences,
    end_other_sessions,
    end_session,
    take_first_password,
)
from fenjin.people.services.cases import close_case, give_back, open_case, report_taken
from fenjin.people.services.claim import check_claim, claim_account, refuse_claim
from fenjin.people.services.codes import issue_claim_code, revoke_claim_code
from fenjin.people.services.consents import give_consent, withdraw_consent
from fenjin.people.services.ending import end_sessions_of
from fenjin.people.services.factors import NoFactor, forget_factors, give_demo_code, reset_factors
from fenjin.people.services.leaving import end_access, end_access_of
from fenjin.people.services.lost import ask_for_code, reset_password, send_contact_code, tell_of_password
from fenjin.people.services.notices import accept_privacy_notice
from fenjin.people.services.offices import end_office, give_office, make_operator
from fenjin.people.services.sheets import print_sheet, revoke_sheet
from fenjin.people.services.sign_in import check_sign_in, confirm_identity, note_staff_use, sign_out, start_session

__all__ = [
    "NoFactor",
    "accept_privacy_notice",
    "ask_for_code",
    "change_password",
    "change_preferences",
    "check_claim",
    "check_sign_in",
    "claim_account",
    "close_case",
    "confirm_identity",
    "end_access",
    "end_access_of",
    "end_office",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "forget_factors",
    "give_back",
    "give_consent",
    "give_demo_code",
    "give_office",
    "issue_claim_code",
    "make_operator",
    "note_staff_use",
    "open_case",
    "print_sheet",
    "refuse_claim",
    "report_taken",
    "reset_factors",
    "reset_password",
    "revoke_claim_code",
    "revoke_sheet",
    "send_contact_code",
    "sign_out",
    "start_session",
    "take_first_password",
    "tell_of_password",
    "withdraw_consent",
]
