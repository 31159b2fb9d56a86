"""Where one person is found on each channel, asked right before each use."""

from collections.abc import Collection

from fenjin.people.selectors import contact
from fenjin.workplace.register import EMAIL, SMS


def addresses(channel: str, person_ids: Collection[int]) -> dict[int, str]:
    """Return where those of the people are found who can be: a member's id, a mail address, a mobile number.

    Address and number only of those who allow it now, also in an emergency: the privacy notice promises it.
    """
    if channel == EMAIL:
        return contact.mail_addresses(person_ids)
    if channel == SMS:
        return contact.mobile_numbers(person_ids)
    return contact.staff_numbers(person_ids)
