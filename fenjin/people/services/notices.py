"""The privacy notice: written by the system administrator, published under the next number, read by everybody."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fenjin.audit.services import record
from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.people.access import require_office
from fenjin.people.models import Account, Administrator, NoticeReading, PrivacyNotice
from fenjin.people.selectors.notices import current_number, draft_notice, forget_number


class NoticeNotAccepted(Refusal):
    """The privacy notice in force was not accepted."""

    code = "notice_not_accepted"
    status = 422
    sentence = _("Read the privacy notice and tick that you have.")


class NoDraft(Refusal):
    """There is nothing to publish."""

    code = "no_draft"
    sentence = _("There is no draft any more: somebody published or dropped it. Load the page again.")


class DraftChanged(Refusal):
    """The draft is not the one that was looked at."""

    code = "draft_changed"
    sentence = _("Somebody has changed the draft meanwhile. Look at the new text, then publish.")


class NoticeIncomplete(Refusal):
    """A section lacks its text in one of the languages."""

    code = "notice_incomplete"
    status = 422
    sentence = _("Each section needs its text in Chinese and in English. Fill in what is missing, then publish.")


@transaction.atomic
def accept_privacy_notice(*, account: Account, version: int, language: str = "") -> None:
    """Note that the notice in force was read, when, and in which language; raises NoticeNotAccepted for another."""
    if version != current_number():
        forget_number()  # perhaps a new version is out that this process has not seen
    if version != current_number():
        raise NoticeNotAccepted
    note_reading(account=account, version=version, language=language)


def note_reading(*, account: Account, version: int, language: str) -> None:
    """Write down that an account has read a version, once; the caller holds the transaction."""
    values = {"at": clock.now(), "language": language[:10]}
    NoticeReading.objects.get_or_create(account=account, number=version, defaults=values)
    Account.objects.filter(pk=account.pk, privacy_notice_version__lt=version).update(privacy_notice_version=version)
    account.privacy_notice_version = max(account.privacy_notice_version, version)


@transaction.atomic
def save_notice_draft(
    *, actor: Account, chinese: Mapping[str, str], english: Mapping[str, str], change: str, change_en: str
) -> PrivacyNotice:
    """Keep the draft of the next notice; what is in force stays in force. Raises NotYourOffice."""
    require_office(actor, Administrator.Office.SYSTEM)
    keys = PrivacyNotice.Section.values
    values: dict[str, Any] = {
        "chinese": {key: chinese.get(key, "").strip() for key in keys},
        "english": {key: english.get(key, "").strip() for key in keys},
        "change": change.strip(),
        "change_en": change_en.strip(),
        "written_by": actor,
        "written_at": clock.now(),
    }
    draft, _made = PrivacyNotice.objects.update_or_create(number=None, defaults=values)
    record(actor=actor, act="people.notice_draft", target=("notice", draft.pk))
    return draft


@transaction.atomic
def drop_notice_draft(*, actor: Account) -> None:
    """Throw the draft away; raises NotYourOffice, NoDraft."""
    require_office(actor, Administrator.Office.SYSTEM)
    draft = draft_notice()
    if draft is None:
        raise NoDraft
    record(actor=actor, act="people.notice_drop", target=("notice", draft.pk))
    draft.delete()


@transaction.atomic
def publish_notice(*, actor: Account, draft_id: int, seen: str) -> PrivacyNotice:
    """Put the draft in force under the next number: everybody is asked to read it at the next page.

    `seen` is `stamp_of` the draft that was looked at. Raises NotYourOffice, NoDraft, DraftChanged, NoticeIncomplete.
    """
    require_office(actor, Administrator.Office.SYSTEM)
    draft = PrivacyNotice.objects.select_for_update().filter(pk=draft_id, number__isnull=True).first()
    if draft is None:
        raise NoDraft
    if stamp_of(draft) != seen:
        raise DraftChanged
    if not all(text.get(key) for text in (draft.chinese, draft.english) for key in PrivacyNotice.Section.values):
        raise NoticeIncomplete
    newest = PrivacyNotice.objects.aggregate(newest=Max("number"))["newest"] or 0
    draft.number, draft.published_at = newest + 1, clock.now()
    try:
        with transaction.atomic():
            draft.save(update_fields=["number", "published_at"])
    except IntegrityError as error:
        raise NoDraft from error
    record(actor=actor, act="people.notice_publish", target=("notice", draft.pk), details={"number": draft.number})
    transaction.on_commit(forget_number)
    return draft


def stamp_of(draft: PrivacyNotice) -> str:
    """Return what changes whenever the draft is saved."""
    return draft.written_at.isoformat()
