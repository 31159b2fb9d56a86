"""Is a port free? Asked before binding, since the web server would share a taken one silently."""

import errno
import socket

from fenjin.kit.runtime.problem import Problem


def require_free(host: str, port: int) -> None:
    """Return when the port can be bound; raises Problem when it is taken or may not be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Without SO_REUSEPORT this fails when anybody listens; SO_REUSEADDR ignores closed connections.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError:
            raise Problem(
                f"Port {port} is reserved for the system.", "Choose one above 1023, e.g. PORT=8000."
            ) from None
        except socket.gaierror:
            raise Problem(f"{host} is no address of this machine.", "Give HOST=127.0.0.1 or HOST=0.0.0.0.") from None
        except OverflowError:
            raise Problem(f"{port} is no port number.", "Give PORT= a number from 1024 to 65535.") from None
        except OSError as error:
            raise _taken(host, port, error) from None


def _taken(host: str, port: int, error: OSError) -> Problem:
    if error.errno == errno.EADDRNOTAVAIL:
        return Problem(f"{host} is no address of this machine.", "Give HOST=127.0.0.1 or HOST=0.0.0.0.")
    return Problem(
        f"Port {port} on {host} is taken by another program.",
        f"Stop that program, or choose another port: make up PORT={port + 1}",
    )


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def answers(host: str, port: int) -> bool:
    """Return whether somebody accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
