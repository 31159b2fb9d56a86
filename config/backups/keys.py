"""The two halves of a backup's key: the public one closes and may stay on the server, the secret one opens.

Both are keys of the `age` format (X25519). The secret half may itself be closed with a passphrase (scrypt).
"""

import os
from collections.abc import Callable
from pathlib import Path

import pyrage
from pyrage.x25519 import Identity, Recipient

from fenjin.kit.runtime.problem import Problem, from_os_error

_CLOSED = b"age-encryption.org/"
_LONGEST = 64 * 1024
MAKE_ONE = "Make one: fenjin backup --new-key FILE"


def make(path: Path, passphrase: str = "") -> Path:
    """Write a new secret half to `path` and the public one beside it, and return where that is.

    With a passphrase the secret half is closed with it. Raises Problem rather than replace a file.
    """
    identity, public = Identity.generate(), path.with_name(path.name + ".pub")
    secret = f"# Opens backups of Fenjin. Keep it away from the server.\n{identity}\n".encode()
    if passphrase:
        secret = pyrage.passphrase.encrypt(secret, passphrase)
    _write_new(path, secret)
    _write_new(public, f"# Closes backups of Fenjin and cannot open them.\n{identity.to_public()}\n".encode())
    return public


def _write_new(path: Path, content: bytes) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except FileExistsError:
        raise Problem(f"{path} is there already; a key is never replaced.", "Choose another name.") from None
    except OSError as error:
        raise from_os_error(error, path) from None


def closing(path: Path) -> Recipient:
    """Return the key that closes, from either half; raises Problem when the file holds none."""
    content = _read(path, MAKE_ONE)
    if content.startswith(_CLOSED):
        raise Problem(f"{path} is closed with a passphrase.", f"Close backups with its public half: {path}.pub")
    word = _word(content)
    try:
        return Recipient.from_str(word) if word.startswith("age1") else Identity.from_str(word).to_public()
    except (pyrage.RecipientError, pyrage.IdentityError):
        raise Problem(f"{path} holds no key for backups.", MAKE_ONE) from None


def opening(path: Path, ask: Callable[[], str]) -> Identity:
    """Return the key that opens; `ask` gives the passphrase when the file is closed with one.

    Raises Problem when the file holds no key, only the public half, or the passphrase is another.
    """
    content = _read(path, "Give --key the secret half of the key with which the backup was made.")
    if content.startswith(_CLOSED):
        try:
            content = pyrage.passphrase.decrypt(content, ask())
        except pyrage.DecryptError:
            raise Problem(f"This is not the passphrase of {path}.", "Try again.") from None
    word = _word(content)
    if word.startswith("age1"):
        raise Problem(
            f"{path} is the public half of a key: it closes backups and cannot open them.",
            "Give --key the secret half, the file without .pub",
        )
    try:
        return Identity.from_str(word)
    except pyrage.IdentityError:
        raise Problem(f"{path} holds no key for backups.", "Give --key the file made by --new-key.") from None


def _read(path: Path, cure: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST)
    except OSError as error:
        raise Problem(f"The key {path} cannot be read: {error.strerror}.", cure) from None


def _word(content: bytes) -> str:
    """Return the first line that is no comment."""
    lines = (line.strip() for line in content.decode(errors="replace").splitlines())
    return next((line for line in lines if line and not line.startswith("#")), "")
