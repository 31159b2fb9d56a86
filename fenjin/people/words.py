"""How the acts of people are called in the log."""

from django.utils.translation import gettext_lazy as _

ACCOUNT = _("Account")
PERSON = _("Person")
UNIT = _("Unit")
ROSTER = _("Roster import")
DOOR = _("Door")
INSTALLATION = _("Sign-in service")
NOTICE = _("Privacy notice")
ACTS = {
    "people.door_shut": _("Door shut after too many tries"),
    "people.sign_in": _("Administrator signed in"),
    "people.claim": _("Account claimed"),
    "people.code_issue": _("One-time code issued"),
    "people.code_revoke": _("One-time code revoked"),
    "people.password_change": _("Password changed"),
    "people.factor_add": _("Second factor added"),
    "people.factor_given": _("Second factor given"),
    "people.factor_end": _("Second factor taken away by its owner"),
    "people.factor_reset": _("Second factor reset"),
    "people.recovery_codes": _("New recovery codes made"),
    "people.installation_add": _("Sign-in service added"),
    "people.installation_change": _("Sign-in service changed"),
    "people.installation_enable": _("Sign-in service enabled"),
    "people.installation_disable": _("Sign-in service disabled"),
    "people.outside_link": _("Account linked to another system"),
    "people.session_end": _("Session ended"),
    "people.session_end_others": _("Other sessions ended"),
    "people.access_end": _("Access of a leaver ended"),
    "people.operator_make": _("Operator's account made"),
    "people.office_give": _("Office given"),
    "people.office_end": _("Office ended"),
    "people.office_emergency": _("Office given on the server's console"),
    "people.handover_name": _("New holder of an office named"),
    "people.handover_confirm": _("Hand-over of an office confirmed"),
    "people.handover_accept": _("Office accepted"),
    "people.handover_cancel": _("Hand-over of an office stopped"),
    "people.unit_add": _("Units opened"),
    "people.unit_renamed": _("Unit renamed"),
    "people.unit_moved": _("Unit moved"),
    "people.unit_closed": _("Unit closed"),
    "people.unit_space": _("Unit given to another sub-platform"),
    "people.notice_draft": _("Privacy notice drafted"),
    "people.notice_drop": _("Draft of the privacy notice dropped"),
    "people.notice_publish": _("Privacy notice published"),
    "people.consent_give": _("Consent given"),
    "people.consent_withdraw": _("Consent withdrawn"),
    "people.person_look": _("Page of a person looked at"),
    "people.correction_ask": _("Correction asked for"),
    "people.correction_decide": _("Correction decided"),
    "people.export_ask": _("Own data packed"),
    "people.export_fetch": _("Own data taken along"),
    "people.erasure_ask": _("Erasure asked for"),
    "people.erasure_take_back": _("Erasure taken back"),
    "people.erasure_done": _("Erasure carried out"),
    "people.retention_set": _("Time of keeping changed"),
    "people.retention_run": _("Old data erased"),
    "people.roster_preview": _("Roster previewed"),
    "people.roster_apply": _("Roster applied"),
}
