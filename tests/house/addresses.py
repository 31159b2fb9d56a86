"""Every address of the platform: who guards it, and how to build it for a walk."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern, RoutePattern

from fenjin.kit.access import guarded_prefixes, rules_of
from fenjin.spaces.register import opened_namespaces

# A value for each kind of placeholder, for addresses that are asked for without any rows behind them.
FILLERS = {
    "int": "7",
    "str": "x",
    "slug": "x",
    "uuid": "00000000-0000-0000-0000-000000000007",
    "path": "x",
}
OF_KINDS = {
    "app_label": "people",
    "model_name": "person",
    "content_type_app_name": "people",
    "content_type_model_name": "person",
}


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its full name, its route from the root, its view."""

    name: str
    route: str
    view: Any
    arguments: tuple[str, ...]
    path: str  # a path that matches it

    @property
    def rules(self) -> tuple[Any, ...] | None:
        """Return the rules that the view names."""
        return rules_of(self.view)

    @property
    def guard(self) -> str | None:
        """Return the guard of the part of the site it lies in, if that has one."""
        held = guarded_prefixes()
        return next((guard for prefix, guard in held.items() if self.path.startswith(prefix)), None)


def all_addresses(resolver: URLResolver | None = None) -> list[Address]:
    """Return every pattern below a resolver (by default the platform's)."""
    return list(_walk((resolver or get_resolver()).url_patterns, "/", "/", ()))


def _walk(patterns: list[Any], route: str, path: str, names: tuple[str, ...]) -> Iterator[Address]:
    for entry in patterns:
        piece, filled = str(entry.pattern), fill(entry.pattern)
        if isinstance(entry, URLResolver):
            deeper = (*names, entry.namespace) if entry.namespace else names
            yield from _walk(entry.url_patterns, route + piece, path + filled, deeper)
        elif isinstance(entry, URLPattern):
            arguments = tuple(entry.pattern.converters) or tuple(getattr(entry.pattern, "regex").groupindex)  # noqa: B009
            name = ":".join([*names, entry.name or piece])
            yield Address(name, route + piece, entry.callback, arguments, path + filled)


def fill(pattern: Any) -> str:
    """Return a text that matches a pattern."""
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:(\w+):)?(\w+)>", _filler, str(pattern))
    if isinstance(pattern, RegexPattern):
        return _fill_regex(str(pattern))
    return str(pattern)


def _filler(found: re.Match[str]) -> str:
    kind, name = found.group(1) or "str", found.group(2)
    return OF_KINDS.get(name) or FILLERS.get(kind, "7")


def _fill_regex(text: str) -> str:
    text = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "7", text)
    text = re.sub(r"\((?:[^()]|\([^()]*\))*\)", "7", text)
    return re.sub(r"[\^$]", "", text).replace("\\.", ".").replace(".*", "x").replace("?", "")


def unguarded(addresses: list[Address]) -> list[str]:
    """Return the addresses that neither name a rule nor lie in a guarded part of the site."""
    return [f"{address.name} ({address.route})" for address in addresses if not address.rules and not address.guard]


def samples() -> dict[str, Any]:
    """Return every app's SAMPLE_URLS: name of the address → what makes its arguments in a world."""
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("fenjin."):
            try:
                module = import_module(f"{config.name}.testing")
            except ModuleNotFoundError as missing:
                if missing.name != f"{config.name}.testing":
                    raise
                continue
            found |= getattr(module, "SAMPLE_URLS", {})
    return found


def build(address: Address, world: Any, known: dict[str, Any]) -> str:
    """Return the path of an address for the objects of a world; raises KeyError if it has no sample."""
    arguments = known[address.name](world) if address.name in known else {}
    if isinstance(arguments, str):
        return arguments
    try:
        return reverse(address.name, kwargs=arguments)
    except NoReverseMatch as error:
        raise KeyError(f"{address.name} needs a sample in SAMPLE_URLS: {', '.join(address.arguments)}") from error


def ours(addresses: list[Address]) -> list[Address]:
    """Return the addresses whose views are ours: phone pages, and the desks and viewsets of our apps."""
    return [address for address in addresses if address.rules is not None]


# Addresses that end the session of whoever asks.
LEAVING = {"people:sign_out", "wagtailadmin_logout"}


def paths(world: Any) -> dict[str, str]:
    """Return every address that could show a row, for the rows of a world; those without a sample are left out."""
    known = samples()
    found = {}
    for address in all_addresses():
        if address.name in LEAVING:
            continue
        if address.rules is not None:
            with suppress(KeyError):
                found[address.name] = build(address, world, known)
        elif any(address.name.startswith(f"{namespace}:") for namespace in opened_namespaces()):
            found |= _library_paths(address, world)
    return found


def _library_paths(address: Address, world: Any) -> dict[str, str]:
    """Return an address of Wagtail's for the world's rows: every argument that is a number becomes theirs."""
    found = {}
    for row in (world.article, world.picture):
        revision = getattr(row, "latest_revision_id", None) or 1
        values = {name: str(revision) if "revision" in name else str(row.pk) for name in address.arguments}
        try:
            found[f"{address.name} {type(row).__name__}"] = reverse(address.name, kwargs=values)
        except NoReverseMatch:
            found[f"{address.name} {type(row).__name__}"] = address.path
    return found
