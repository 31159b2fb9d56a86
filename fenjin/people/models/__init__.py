"""The tables of people: one noun a file."""

from fenjin.people.models.accounts import Account, Administrator, ClaimCode, Session
from fenjin.people.models.attempts import Attempt
from fenjin.people.models.codes import CodeSheet, ContactCode
from fenjin.people.models.offices import KeptForm, OfficeHandover, OfficeTerm
from fenjin.people.models.person_events import PersonEvent
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
from fenjin.people.models.security import AccountCase, AccountNote
from fenjin.people.models.units import Post, PostEvent, Unit, UnitEvent

__all__ = [
    "Account",
    "AccountCase",
    "AccountNote",
    "Administrator",
    "Attempt",
    "ClaimCode",
    "CodeSheet",
    "Consent",
    "ContactCode",
    "Correction",
    "DataExport",
    "Erasure",
    "KeptForm",
    "NoticeReading",
    "Numbering",
    "OfficeHandover",
    "OfficeTerm",
    "Person",
    "PersonEvent",
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
