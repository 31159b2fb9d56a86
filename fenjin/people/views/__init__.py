"""The doors: sign in, claim, confirm identity, the privacy notice, sign out."""

from fenjin.people.views.claim import claim, claim_refuse
from fenjin.people.views.confirm_identity import confirm_identity
from fenjin.people.views.lost import account_taken, password_lost, password_reset
from fenjin.people.views.office import office_accept
from fenjin.people.views.outside import (
    outside_back,
    outside_begin,
    outside_confirm,
    outside_leave,
    outside_link,
    outside_password,
)
from fenjin.people.views.passwords import first_password, password_strength
from fenjin.people.views.privacy import privacy, privacy_changes, privacy_version
from fenjin.people.views.saml import outside_metadata, outside_posted
from fenjin.people.views.second_factor import recovery_codes, second_factor
from fenjin.people.views.sign_in import sign_in
from fenjin.people.views.sign_out import sign_out
from fenjin.people.views.staying import kept, stay
from fenjin.people.views.ways import client_address, own_path

__all__ = [
    "account_taken",
    "claim",
    "claim_refuse",
    "client_address",
    "confirm_identity",
    "first_password",
    "kept",
    "office_accept",
    "outside_back",
    "outside_begin",
    "outside_confirm",
    "outside_leave",
    "outside_link",
    "outside_metadata",
    "outside_password",
    "outside_posted",
    "own_path",
    "password_lost",
    "password_reset",
    "password_strength",
    "privacy",
    "privacy_changes",
    "privacy_version",
    "recovery_codes",
    "second_factor",
    "sign_in",
    "sign_out",
    "stay",
]
