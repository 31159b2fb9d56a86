"""Mail. One letter goes to a chunk of people who do not see each other.

The protocol (RFC 5321) takes the letter for all or, before it is given, refuses single addresses; nobody de-duplicates
by our key, so what got no answer stays unknown.
"""

import smtplib
from collections.abc import Sequence
from email import policy
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from fenjin.kit import clock
from fenjin.workplace.connectors.base import Plain
from fenjin.workplace.register import BadContent, Capabilities, Card, OutcomeUnknown, Receipt, Transient, Why


class Mail(Plain):
    """The mail server that EMAIL_URL names."""

    caps = Capabilities(chunk=50)

    def send(self, card: Card, to: Sequence[str], *, key: str) -> Receipt:
        """Send one letter; its number is made of `key`. Raises as the interface says."""
        letter = EmailMessage(
            subject=" ".join(card.title.split()),
            body=f"{card.text}\n\n{card.url}\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[],
            headers={
                "Message-ID": f"<{key}@fenjin>",
                "To": "undisclosed-recipients:;",
                "Auto-Submitted": "auto-generated",
            },
        )
        connection: Any = get_connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Transient("mail_server", type(error).__name__) from error
        try:
            refused = _give(connection, letter, list(to))
        finally:
            _hang_up(connection)
        rejected = dict.fromkeys(refused, Why.BAD_ADDRESS.value)
        accepted = tuple(address for address in to if address not in refused)
        return Receipt(accepted=accepted, rejected=rejected, remote_id=key, at=clock.now())


def _give(connection: Any, letter: EmailMessage, to: list[str]) -> set[str]:
    """Give the letter; return the addresses that were refused."""
    client: smtplib.SMTP | None = getattr(connection, "connection", None)
    if client is None:  # a backend that prints or keeps letters, as without EMAIL_URL and in tests
        letter.bcc = to
        connection.send_messages([letter])
        return set()
    try:
        return set(client.sendmail(settings.DEFAULT_FROM_EMAIL, to, letter.message(policy=policy.SMTP).as_bytes()))
    except smtplib.SMTPRecipientsRefused as error:
        if any(400 <= code < 500 for code, _said in error.recipients.values()):
            raise Transient("mail_later") from error
        return set(error.recipients)
    except smtplib.SMTPSenderRefused as error:
        raise BadContent("mail_sender", str(error.smtp_code)) from error
    except smtplib.SMTPDataError as error:
        raise (Transient if error.smtp_code < 500 else BadContent)("mail_refused", str(error.smtp_code)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise OutcomeUnknown("mail_no_answer", type(error).__name__) from error


def _hang_up(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        connection.connection = None
