"""Where the desks over people stand in the studio."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.kit.staff import STAFF_BEFORE_THE_GATE
from fenjin.kit.studio import add_to_menu
from fenjin.people.access import (
    ANY_OFFICE,
    CODE_ADMINISTRATOR,
    SECURITY_ADMINISTRATOR,
    SYSTEM_ADMINISTRATOR,
    SYSTEM_OR_SECURITY,
)
from fenjin.people.desk import (
    administrators,
    cases,
    codes,
    factors,
    installations,
    notice,
    organisation,
    people,
    person_changes,
    retention,
    roster,
    roster_approvals,
    roster_columns,
    roster_files,
    roster_upload,
    unit_changes,
)
from fenjin.people.desk.staying import idle_bar

urls = [
    path("people/", people.people, name="people"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/export/", people.people_export, name="people_export"),
    path("people/new/", person_changes.person_new, name="person_new"),
    path("people/<int:person_id>/change/<slug:what>/", person_changes.person_change, name="person_change"),
    path("people/<int:person_id>/posts/<int:post_id>/<slug:what>/", person_changes.post_change, name="post_change"),
    path("people/<int:person_id>/undo/<slug:of>/<int:event_id>/", person_changes.person_undo, name="person_undo"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/<int:unit_id>/", organisation.unit, name="unit"),
    path("organisation/<int:unit_id>/below/", organisation.branch, name="branch"),
    path("organisation/<int:unit_id>/export/<slug:form>/", organisation.unit_export, name="unit_export"),
    path("organisation/<int:unit_id>/change/<slug:what>/", unit_changes.unit_change, name="unit_change"),
    path("organisation/<int:unit_id>/undo/<int:event_id>/", unit_changes.unit_undo, name="unit_undo"),
    path("people/<int:person_id>/code/", people.code_issue, name="code_issue"),
    path("people/<int:person_id>/code/revoke/", people.code_revoke, name="code_revoke"),
    path("people/<int:person_id>/sessions/end/", people.sessions_end, name="sessions_end"),
    path("codes/", codes.codes, name="codes"),
    path("codes/units/<int:unit_id>/", codes.unit_codes, name="unit_codes"),
    path("codes/units/<int:unit_id>/print/", codes.sheet_print, name="sheet_print"),
    path("codes/sheets/<int:sheet_id>/revoke/", codes.sheet_revoke, name="sheet_revoke"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<int:case_id>/", cases.case, name="case"),
    path("cases/<int:case_id>/give-back/", cases.case_give_back, name="case_give_back"),
    path("cases/<int:case_id>/close/", cases.case_close, name="case_close"),
    path("administrators/", administrators.administrators, name="administrators"),
    path("administrators/add/", administrators.administrator_make, name="administrator_make"),
    path("sign-in-services/", installations.installations, name="installations"),
    path("sign-in-services/add/<slug:kind>/", installations.installation_add, name="installation_add"),
    path("sign-in-services/<int:installation_id>/", installations.installation, name="installation"),
    path(
        "sign-in-services/<int:installation_id>/switch/", installations.installation_switch, name="installation_switch"
    ),
    path("sign-in-services/<int:installation_id>/test/", installations.installation_test, name="installation_test"),
    path("administrators/<int:account_id>/factor/reset/", factors.factor_reset, name="factor_reset"),
    path("administrators/new/<int:handover_id>/confirm/", administrators.handover_confirm, name="handover_confirm"),
    path("administrators/new/<int:handover_id>/stop/", administrators.handover_cancel, name="handover_cancel"),
    path("administrators/<int:account_id>/end/", administrators.administrator_end, name="administrator_end"),
    path("privacy/", notice.notice, name="notice"),
    path("privacy/write/", notice.notice_edit, name="notice_edit"),
    path("privacy/preview/", notice.notice_preview, name="notice_preview"),
    path("privacy/publish/", notice.notice_publish, name="notice_publish"),
    path("privacy/drop/", notice.notice_drop, name="notice_drop"),
    path("retention/", retention.retention, name="retention"),
    path("retention/set/", retention.retention_set, name="retention_set"),
    path("roster/", roster.imports, name="imports"),
    path("roster/upload/", roster_upload.import_upload, name="import_upload"),
    path("roster/upload/<int:upload_id>/columns/", roster_columns.upload_columns, name="upload_columns"),
    path("roster/<int:import_id>/columns/", roster_columns.import_columns, name="import_columns"),
    path("roster/columns/", roster_columns.remembered_columns, name="remembered_columns"),
    path("roster/columns/<int:columns_id>/forget/", roster_columns.columns_forget, name="columns_forget"),
    path("roster/<int:import_id>/", roster.import_page, name="import"),
    path("roster/<int:import_id>/apply/", roster.import_apply, name="import_apply"),
    path("roster/<int:import_id>/again/", roster.import_again, name="import_again"),
    path("roster/<int:import_id>/cancel/", roster.import_cancel, name="import_cancel"),
    path("roster/<int:import_id>/undo/", roster.import_undo, name="import_undo"),
    re_path(r"^roster/(?P<import_id>\d+)/changes\.(?P<form>csv|xlsx)$", roster_files.import_file, name="import_file"),
    path("roster/stopped/", roster_approvals.stopped_imports, name="stopped_imports"),
    path("roster/stopped/<int:import_id>/", roster_approvals.stopped_import, name="stopped_import"),
    path("roster/stopped/<int:import_id>/approve/", roster_approvals.import_approve, name="import_approve"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the desks below /studio/."""
    return [path("", include((urls, "people_desk")))]


hooks.register("insert_global_admin_js", idle_bar)
add_to_menu(
    _("People"),
    "people_desk:people",
    rule=SYSTEM_OR_SECURITY,
    icon="group",
    lead=_("Find a person, see posts and account, issue a one-time code."),
)
add_to_menu(
    _("Sign-in services"),
    "people_desk:installations",
    rule=SYSTEM_ADMINISTRATOR,
    icon="key",
    lead=_("Let people sign in with the account that they have in another system."),
)
add_to_menu(
    _("My second factor"),
    "people:second_factor",
    rule=STAFF_BEFORE_THE_GATE,
    icon="key",
    lead=_("The app or passkey that opens the studio, and your recovery codes."),
)
add_to_menu(
    _("Codes"),
    "people_desk:codes",
    rule=CODE_ADMINISTRATOR,
    icon="tag",
    lead=_("See who has no account yet, print a sheet of codes for a unit, stop one."),
)
add_to_menu(
    _("Account cases"),
    "people_desk:cases",
    rule=CODE_ADMINISTRATOR,
    icon="help",
    lead=_("“This is not me” and “somebody else claimed my account”: give an account back to its owner."),
)
add_to_menu(
    _("Organisation"),
    "people_desk:organisation",
    rule=organisation.ORGANISATION_READER,
    icon="site",
    lead=_("The tree of units with their people, today or as of any day."),
)
add_to_menu(
    _("Roster import"),
    "people_desk:imports",
    rule=SYSTEM_ADMINISTRATOR,
    icon="upload",
    lead=_("Upload a roster, look at what it would change, apply it."),
)
add_to_menu(
    _("Administrators"),
    "people_desk:administrators",
    rule=ANY_OFFICE,
    icon="lock",
    lead=_("Who holds the three offices, what each opens, and how one changes hands."),
)
add_to_menu(
    _("Stopped rosters"),
    "people_desk:stopped_imports",
    rule=SECURITY_ADMINISTRATOR,
    icon="warning",
    lead=_("Rosters that would send many people away: look at the numbers, then decide."),
)
add_to_menu(
    _("Privacy notice"),
    "people_desk:notice",
    rule=SYSTEM_ADMINISTRATOR,
    icon="doc-full",
    lead=_("What everybody reads about their data; write and publish a new version."),
)
add_to_menu(
    _("How long data stay"),
    "people_desk:retention",
    rule=SYSTEM_OR_SECURITY,
    icon="time",
    lead=_("How long each kind of data stays, and what goes tonight."),
)
