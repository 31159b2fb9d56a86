"""Every address of the studio that is open, and every one that is not."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from fenjin.kit.access import rules_of
from fenjin.spaces.register import opened_namespaces
from fenjin.spaces.studio import _HARMLESS


@dataclass(frozen=True)
class Address:
    """One URL pattern below /studio/."""

    name: str  # with its namespace
    route: tuple[Any, ...]  # the patterns from the root down
    view: Any

    @property
    def is_ours(self) -> bool:
        """Whether the view names its own rule: a desk."""
        return rules_of(self.view) is not None

    @property
    def is_open(self) -> bool:
        """Whether the gate lets staff in."""
        namespace = self.name.rpartition(":")[0]
        opened = any(namespace == one or namespace.startswith(f"{one}:") for one in opened_namespaces())
        return opened or self.name in _HARMLESS

    @property
    def parameters(self) -> dict[str, Any]:
        """Return the names of what the path asks for, with their converters."""
        asked: dict[str, Any] = {}
        for pattern in self.route:
            converters = getattr(pattern, "converters", {})
            names = pattern.regex.groupindex if hasattr(pattern, "regex") else {}
            asked |= {name: converters.get(name) for name in names}
        return asked


def studio() -> list[Address]:
    """Return every address below /studio/, named or not."""
    return [address for address in _walk(get_resolver(), (), "") if _below_studio(address)]


def _below_studio(address: Address) -> bool:
    return "".join(str(pattern) for pattern in address.route).lstrip("^").startswith("studio/")


def _walk(resolver: URLResolver, route: tuple[Any, ...], namespace: str) -> Iterator[Address]:
    for one in resolver.url_patterns:
        here = (*route, one.pattern)
        if isinstance(one, URLPattern):
            name = one.name or f"<{one.lookup_str}>"
            yield Address(f"{namespace}{name}", here, one.callback)
        else:
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one, here, inner)


def path_of(address: Address, values: dict[str, Any]) -> str:
    """Return the path with `values` in it; what no value is there for gets a plausible one."""
    path = ""
    for pattern in address.route:
        path += _fill(pattern, values)
    return "/" + path.lstrip("/")


PLAUSIBLE = ("1", "csv", "system", "0" * 32, "00000000-0000-0000-0000-000000000000")


def _fill(pattern: Any, values: dict[str, Any]) -> str:
    if not hasattr(pattern, "_route"):
        return _fill_regex(pattern, values)
    text = str(pattern._route)
    for name, converter in pattern.converters.items():
        given = [str(values[name])] if name in values else []
        fitting = (one for one in (*given, *PLAUSIBLE) if re.fullmatch(converter.regex, one))
        text = re.sub(rf"<(?:\w+:)?{name}>", next(fitting), text)
    return text


def _fill_regex(pattern: Any, values: dict[str, Any]) -> str:
    possibility, _names = normalize(pattern.regex.pattern)[0]
    names = list(pattern.regex.groupindex)
    for known, guesses in itertools.product((values, {}), itertools.product(PLAUSIBLE, repeat=max(len(names), 1))):
        filled = {name: known.get(name, guess) for name, guess in zip(names, guesses, strict=False)}
        text: str = possibility % {**filled, **{f"_{number}": guesses[0] for number in range(9)}}
        if pattern.regex.search(text):
            return text
    raise AssertionError(f"Nothing plausible fits {pattern}: add something to PLAUSIBLE.")
