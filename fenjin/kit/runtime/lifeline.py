"""A process that ends when its parent does, however the parent ended (Linux: PR_SET_PDEATHSIG)."""

import ctypes
import multiprocessing
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with_parent(parent: int, with_signal: int = signal.SIGKILL) -> None:
    """Ask the kernel to send this process a signal when `parent` ends; ends at once if it has already.

    The kernel forgets the wish when the process changes its user, so it is made after that.
    """
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, with_signal, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def end_with_web_server() -> None:
    """Tie one of the web server's workers to the process that spawned it; does nothing elsewhere."""
    spawned_by = multiprocessing.parent_process()
    if spawned_by is not None and spawned_by.pid is not None:
        end_with_parent(spawned_by.pid)


def end_with_make() -> None:
    """When `make` started us, ask to be stopped with it: a killed `make up` leaves nothing running."""
    if "MAKELEVEL" in os.environ:
        end_with_parent(os.getppid(), signal.SIGTERM)
