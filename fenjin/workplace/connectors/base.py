"""What a connector answers for everything that its platform does not have."""

from collections.abc import Iterator, Sequence

from fenjin.workplace.register import (
    Amended,
    CallbackOutcome,
    Capabilities,
    Card,
    CardUpdate,
    DirectoryPage,
    Identity,
    NotConfigured,
    RawRequest,
    Recall,
    Receipt,
)


class Plain:
    """A platform without directory, sign-in, cards that change, or word of who read."""

    caps = Capabilities(rings=False)

    def directory(self, cursor: str | None = None, *, only: str | None = None) -> Iterator[DirectoryPage]:
        """Return nothing: people come from the roster."""
        return iter((DirectoryPage((), complete=True),))

    def login_url(self, *, redirect_uri: str, state: str, private: bool = False) -> str:
        """Raise NotConfigured: people sign in here, or by a sign-in service (`people.outside`)."""
        raise NotConfigured("This platform has no sign-in of its own.")

    def identify(self, code: str, *, private: bool = False) -> Identity:
        """Raise NotConfigured, for the same reason."""
        raise NotConfigured("This platform has no sign-in of its own.")

    def send(self, card: Card, to: Sequence[str], *, key: str) -> Receipt:
        """Raise NotConfigured."""
        raise NotConfigured("No messenger is connected: the message stands in the platform alone.", "no_messenger")

    def amend(self, receipt: Receipt, to: Sequence[str], change: CardUpdate | Recall) -> Amended:
        """Say that it cannot be done."""
        return Amended.NOT_SUPPORTED

    def reads(self, receipt: Receipt) -> frozenset[str] | None:
        """Return None: nobody can tell."""
        return None

    def on_callback(self, request: RawRequest) -> CallbackOutcome:
        """Refuse: nobody has a reason to call."""
        return CallbackOutcome((), status=404)

    def page_config(self, url: str) -> dict[str, object]:
        """Return nothing."""
        return {}


class Standalone(Plain):
    """No messenger at all: people read in the platform; mail and text messages are channels of their own."""
