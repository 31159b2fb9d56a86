"""The tables of people: one noun a file."""

from fenjin.people.models.accounts import Account, Administrator, ClaimCode, Session
from fenjin.people.models.attempts import Attempt
from fenjin.people.models.codes import CodeSheet, ContactCode
from fenjin.people.models.factors import Factor, RecoveryCode
from fenjin.people.models.offices import KeptForm, OfficeHandover, OfficeTerm
from fenjin.people.models.outside import Installation, OutsideIdentity, OutsideTicket
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
from fenjin.people.models.roster import RosterApproval, RosterChange, RosterImport, RosterJournal, RosterProgress
from fenjin.people.models.roster_columns import RosterColumns, RosterUpload
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
    "Factor",
    "Installation",
    "KeptForm",
    "NoticeReading",
    "Numbering",
    "OfficeHandover",
    "OfficeTerm",
    "OutsideIdentity",
    "OutsideTicket",
    "Person",
    "PersonEvent",
    "PersonPrivate",
    "Post",
    "PostEvent",
    "PrivacyNotice",
    "RecoveryCode",
    "RetentionSetting",
    "RosterApproval",
    "RosterChange",
    "RosterColumns",
    "RosterImport",
    "RosterJournal",
    "RosterProgress",
    "RosterUpload",
    "Session",
    "Unit",
    "UnitEvent",
]
