"""The tables of people: one noun a file."""

from fenjin.people.models.accounts import Account, Administrator, ClaimCode, Session
from fenjin.people.models.attempts import Attempt
from fenjin.people.models.persons import Numbering, Person, PersonPrivate
from fenjin.people.models.privacy import (
    Consent,
    Correction,
    DataExport,
    Erasure,
    NoticeReading,
    PrivacyNotice,
    RetentionSetting,
)
from fenjin.people.models.roster import RosterImport
from fenjin.people.models.units import Post, PostEvent, Unit, UnitEvent

__all__ = [
    "Account",
    "Administrator",
    "Attempt",
    "ClaimCode",
    "Consent",
    "Correction",
    "DataExport",
    "Erasure",
    "NoticeReading",
    "Numbering",
    "Person",
    "PersonPrivate",
    "Post",
    "PostEvent",
    "PrivacyNotice",
    "RetentionSetting",
    "RosterImport",
    "Session",
    "Unit",
    "UnitEvent",
]
