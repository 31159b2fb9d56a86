"""What people keeps about an account, in words: preferences, sign-ins, factors, the notice, the own acts."""

from django.conf import settings
from django.utils.translation import gettext as _

from fenjin.audit.selectors.about import events_by
from fenjin.audit.selectors.doors import DoorFilter, list_door_events
from fenjin.kit.db import listing
from fenjin.kit.wording import record_time
from fenjin.people.models import (
    Account,
    AccountNote,
    ClaimCode,
    DataExport,
    Factor,
    NoticeReading,
    OutsideIdentity,
    Session,
)
from fenjin.people.register import Sheet, Subject
from fenjin.people.selectors.looks import looks_at
from fenjin.people.selectors.retention import kept_words


def account_sheets(subject: Subject) -> list[Sheet]:
    """Return what is kept about the account of a person; who has none yet has codes at most."""
    sheets = [_codes(subject.person_id), _looks(subject)]
    if subject.account_id is None:
        return sheets
    account = Account.objects.get(pk=subject.account_id)
    mine = [_account(account), _sessions(account.pk), _doors(account.pk), _readings(account.pk), _notes(account.pk)]
    others = [_factors(account.pk), _outside(account.pk), _exports(account.pk)]
    return [*mine, *others, *sheets, _acts(account.pk)]


def _language(code: str) -> str:
    """Return a language by its own name, as it stands to be chosen under Me."""
    return dict(settings.LANGUAGES).get(code, code)


def _account(account: Account) -> Sheet:
    sizes = {1: _("standard"), 2: _("large"), 3: _("very large")}
    fields = [
        (_("Made"), record_time(account.created_at)),
        (_("Last signed in"), record_time(account.last_login)),
        (_("Language"), _language(account.language) or _("Like the phone")),
        (_("Appearance"), str(account.get_theme_display())),
        (_("Type size"), str(sizes.get(account.scale, account.scale))),
        (_("Password"), _("only a one-way sum of it is kept") if account.has_usable_password() else _("none")),
    ]
    return Sheet(
        key="account",
        title=_("Your account"),
        columns=tuple(label for label, _value in fields),
        rows=(tuple(value for _label, value in fields),),
        source=_("by yourself, when you claimed it and since"),
        until=_("until you close the account"),
        single=True,
    )


def _sessions(account_id: int) -> Sheet:
    rows = listing(Session.objects.filter(account=account_id).order_by("-created_at", "-pk"))
    return Sheet(
        key="devices",
        title=_("Devices on which you signed in"),
        columns=(_("Device"), _("Signed in"), _("Last used"), _("Ended at")),
        rows=tuple(
            (row.device, record_time(row.created_at), record_time(row.last_seen_at), record_time(row.revoked_at))
            for row in rows
        ),
        source=_("noted when you sign in"),
        until=_("after the sign-in ended: %(span)s") % {"span": kept_words("people.sessions")},
    )


def _doors(account_id: int) -> Sheet:
    lines, _more = list_door_events(DoorFilter(account_ids=(account_id,)))
    return Sheet(
        key="sign-ins",
        title=_("Sign-ins"),
        columns=(_("When"), _("Door"), _("Outcome")),
        rows=tuple((record_time(line.event.at), str(line.door), str(line.event.outcome)) for line in lines),
        source=_("the security log"),
        until=_("at least 180 days, as the law asks"),
    )


def _readings(account_id: int) -> Sheet:
    rows = listing(NoticeReading.objects.filter(account=account_id).order_by("-number"))
    return Sheet(
        key="notices",
        title=_("Privacy notices you read"),
        columns=(_("Version"), _("When"), _("Language")),
        rows=tuple((str(row.number), record_time(row.at), _language(row.language)) for row in rows),
        source=_("by yourself"),
        until=_("kept as proof that you were told"),
    )


def _notes(account_id: int) -> Sheet:
    rows = listing(AccountNote.objects.filter(account=account_id).order_by("-at", "-pk"))
    return Sheet(
        key="notes",
        title=_("What happened to your account"),
        columns=(_("When"), _("What"), _("Device")),
        rows=tuple((record_time(row.at), str(row.get_kind_display()), row.device) for row in rows),
        source=_("noted by the platform"),
        until=_("until you close the account"),
    )


def _factors(account_id: int) -> Sheet:
    rows = listing(Factor.objects.filter(account=account_id).order_by("made_at", "pk"))
    return Sheet(
        key="factors",
        title=_("Second factors"),
        columns=(_("Kind"), _("Device"), _("Added"), _("Last used")),
        rows=tuple(
            (str(row.get_kind_display()), row.label, record_time(row.made_at), record_time(row.used_at)) for row in rows
        ),
        source=_("by yourself"),
        until=_("until you close the account"),
    )


def _outside(account_id: int) -> Sheet:
    rows = listing(OutsideIdentity.objects.filter(account=account_id).select_related("installation").order_by("pk"))
    return Sheet(
        key="outside",
        title=_("Sign-in by other systems"),
        columns=(_("System"), _("Your name there"), _("Linked"), _("Last used")),
        rows=tuple(
            (row.installation.name, row.user_id, record_time(row.made_at), record_time(row.used_at)) for row in rows
        ),
        source=_("from the other system, when you signed in"),
        until=_("until you close the account"),
    )


def _exports(account_id: int) -> Sheet:
    rows = listing(DataExport.objects.filter(account=account_id).order_by("-asked_at", "-pk"))
    return Sheet(
        key="exports",
        title=_("Copies you asked for"),
        columns=(_("Asked"), _("State"), _("Taken along")),
        rows=tuple(
            (record_time(row.asked_at), str(row.get_state_display()), record_time(row.fetched_at)) for row in rows
        ),
        source=_("by yourself"),
        until=kept_words("people.requests"),
    )


def _codes(person_id: int) -> Sheet:
    rows = listing(ClaimCode.objects.filter(person=person_id).order_by("-made_at", "-pk"))
    return Sheet(
        key="codes",
        title=_("One-time codes made for you"),
        columns=(_("Made"), _("Valid until"), _("Used"), _("Revoked")),
        rows=tuple(
            (
                record_time(row.made_at),
                record_time(row.expires_at),
                record_time(row.used_at),
                record_time(row.revoked_at),
            )
            for row in rows
        ),
        source=_("by an administrator; the code itself is not kept"),
        until=kept_words("people.codes"),
    )


def _looks(subject: Subject) -> Sheet:
    looks = looks_at(subject.person_id, subject.account_id)
    return Sheet(
        key="looks",
        title=_("Who looked at your page or changed something"),
        columns=(_("When"), _("Who"), _("What")),
        rows=tuple((record_time(look.at), str(look.who), str(look.what)) for look in looks),
        source=_("the audit log"),
        until=_("never deleted: nobody can change the log"),
    )


def _acts(account_id: int) -> Sheet:
    lines = events_by(account_id)
    return Sheet(
        key="acts",
        title=_("What you did that is kept in the audit log"),
        columns=(_("When"), _("What"), _("On what")),
        rows=tuple((record_time(line.event.at), str(line.act), str(line.kind)) for line in lines),
        source=_("the audit log"),
        until=_("never deleted: nobody can change the log"),
    )
