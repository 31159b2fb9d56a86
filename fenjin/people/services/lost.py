"""A forgotten password: a code to the known mail address or phone, and a new password with it."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.people.access import may_sign_in
from fenjin.people.models import Account, AccountNote, ContactCode, PersonPrivate
from fenjin.people.names import clean_text, same_name
from fenjin.people.selectors.accounts import CODE_FAILURES, accounts_named
from fenjin.people.services.claim import require_good_password
from fenjin.people.services.codes import hash_of_code, new_code
from fenjin.people.services.ending import end_all_sessions
from fenjin.people.services.limiter import count_attempt, forgive
from fenjin.people.services.notes import note
from fenjin.people.services.texts import text_sender

VALID_FOR: Final = timedelta(minutes=30)
MOST_AN_HOUR: Final = 3


class WrongContactCode(Refusal):
    """The code does not fit the number, or it is used, old or locked."""

    code = "wrong_contact_code"
    status = 422
    sentence = gettext_lazy(
        "The code does not fit, or it is older than half an hour. Check each sign, or ask for another."
    )


def ways() -> list[str]:
    """Return how a code can reach somebody here, as far as it is set up: mail, phone."""
    return [
        way
        for way, ready in ((ContactCode.Way.MAIL, settings.EMAIL_URL), (ContactCode.Way.PHONE, settings.SMS_SENDER))
        if ready
    ]


def ask_for_code(*, number: str, name: str, address: str) -> list[int]:
    """Return the accounts to which a code would go, for the job that sends it; raises TooMany.

    The caller hands the list to the job whether it is empty or not, and answers the same.
    """
    number = clean_text(number)[:80]
    count_attempt(door="lost", name=number.casefold(), address=address)
    return [
        account.pk
        for account in accounts_named(number)
        if account.person and same_name(account.person.name, name) and may_sign_in(account)
    ]


def send_contact_code(*, account_id: int, way: str) -> bool:
    """Make a code and send it, no more than three an hour; return whether one went out."""
    account = Account.objects.select_related("person").filter(pk=account_id).first()
    now = clock.now()
    if account is None or not account.has_usable_password() or not may_sign_in(account):
        return False
    target = _known(account, way)
    lately = ContactCode.objects.filter(account=account, made_at__gt=now - timedelta(hours=1)).count()
    if not target or lately >= MOST_AN_HOUR:
        return False
    plain = new_code()
    with transaction.atomic():
        row = ContactCode.objects.create(
            account=account, way=way, code_hash=hash_of_code(plain), made_at=now, expires_at=now + VALID_FOR
        )
        record(
            actor=None, act="people.contact_code", target=("account", account.pk), details={"code": row.pk, "way": way}
        )
    with translation.override(account.language or settings.LANGUAGE_CODE):
        text = _("%(code)s is your code for a new Fenjin password, for half an hour. Nobody will ask you for it.") % {
            "code": f"{plain[:4]} {plain[4:]}"
        }
        _send(way, target, _("Your code for a new password"), text)
    return True


def reset_password(*, number: str, code: str, password: str, address: str, device: str = "") -> Account:
    """Set a new password with a code that was sent; every session ends. The caller starts a new one.

    Raises WrongContactCode, WeakPassword, TooMany.
    """
    number = clean_text(number)[:80]
    count_attempt(door="claim", name=f"lost {number.casefold()}", address=address)
    row = _fitting(number, code)
    account = row.account
    require_good_password(password, account)
    with transaction.atomic():
        if not ContactCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=clock.now()):
            raise WrongContactCode
        ContactCode.objects.filter(account=account, used_at__isnull=True).update(used_at=clock.now())
        account.set_password(password)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        end_all_sessions(account)
        note(account=account, kind=AccountNote.Kind.PASSWORD, device=device)
        record(actor=account, act="people.password_reset", target=("account", account.pk), details={"way": row.way})
    forgive(door="claim", name=f"lost {number.casefold()}", address=address)
    return account


def tell_of_password(*, account_id: int) -> bool:
    """Tell the known mail address, else the phone, that the password was changed; return whether that went out."""
    found = AccountNote.objects.filter(account=account_id, kind=AccountNote.Kind.PASSWORD).order_by("-at").first()
    account = Account.objects.select_related("person").filter(pk=account_id).first()
    if found is None or account is None:
        return False
    way, target = next(((way, to) for way in ways() if (to := _known(account, way))), ("", ""))
    if not target:
        return False
    with translation.override(account.language or settings.LANGUAGE_CODE):
        when = f"{timezone.localtime(found.at):%Y-%m-%d %H:%M}"
        text = _(
            "Your Fenjin password was changed on %(when)s (%(device)s). If it was not you, press"
            " “Somebody else claimed my account” on the sign-in page or call your administrator."
        ) % {"when": when, "device": found.device or _("device unknown")}
        _send(way, target, _("Your password was changed"), text)
    return True


def _known(account: Account, way: str) -> str:
    private = PersonPrivate.objects.filter(person=account.person_id).first() if account.person_id else None
    if private is None or private.withheld:
        return ""
    return private.email if way == ContactCode.Way.MAIL else private.mobile


def _send(way: str, target: str, title: str, text: str) -> None:
    sender = text_sender()
    if way == ContactCode.Way.MAIL:
        send_mail(title, text, None, [target])
    elif sender is not None:
        sender.send(target, text)


def _fitting(number: str, code: str) -> ContactCode:
    wanted = hash_of_code(code[:40])
    rows = ContactCode.objects.filter(
        account__in=accounts_named(number), used_at__isnull=True, expires_at__gt=clock.now()
    ).select_related("account__person")
    for row in rows:
        untried = ContactCode.objects.filter(pk=row.pk, failures__lt=CODE_FAILURES).update(failures=F("failures") + 1)
        if untried and constant_time_compare(row.code_hash, wanted) and may_sign_in(row.account):
            return row
    raise WrongContactCode
