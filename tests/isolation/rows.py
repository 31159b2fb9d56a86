"""A row of every kind in a space: what a feature makes by its `furnish`, and what the fields alone allow.

A new table is therefore attacked on the day it is added. Where its fields alone are not enough (a check or a
key forbids the plain row), the app says in its testing.py how one is made: `furnish(world)`.
"""

from importlib import import_module
from itertools import count
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models.fields import NOT_PROVIDED

from fenjin.kit import clock
from fenjin.kit.models import TenantModel
from fenjin.kit.scope import Reason, every_space
from tests.house.tables import ledger_models, our_models, tenant_models
from tests.house.world import MARKER, World

Model = type[models.Model]
_numbers = count(1)


def furnish(world: World) -> dict[str, str]:
    """Give the world a row of every tenant and ledger table; return the tables for which that failed, and why."""
    faults = {}
    furnish_by_apps(world)
    with every_space(Reason.TEST):
        for model in [*tenant_models(), *ledger_models()]:
            if not rows_of(model, world).exists():
                fault = _make(model, world)
                if fault:
                    faults[model._meta.label] = fault
    return faults


def furnish_by_apps(world: World) -> None:
    """Give the world the rows that the apps themselves know how to make."""
    with every_space(Reason.TEST):
        for module in _testing_modules():
            if hasattr(module, "furnish"):
                module.furnish(world)


def _testing_modules() -> list[Any]:
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("fenjin.")]
    found = []
    for name in names:
        try:
            found.append(import_module(f"{name}.testing"))
        except ModuleNotFoundError as missing:
            if missing.name != f"{name}.testing":
                raise
    return found


def rows_of(model: Model, world: World) -> models.QuerySet[Any]:
    """Return the rows of a table that belong to the world's space."""
    return model._base_manager.filter(space_id=world.space.pk)


def one_of_each(world: World) -> dict[Model, Any]:
    """Return one row of each table with a space, and the person, account and space of the world."""
    found: dict[Model, Any] = {}
    for model in [*tenant_models(), *ledger_models()]:
        row = rows_of(model, world).order_by("pk").first()
        if row is not None:
            found[model] = row
    for row in (world.person, world.account, world.space):
        found[type(row)] = row
    return found


def _make(model: Model, world: World) -> str:
    """Make a row from the fields alone; return why it could not be made, or nothing."""
    fault = ""
    for choose in (True, False):  # what may be empty: some checks want it filled, some not
        try:
            with transaction.atomic():
                model._base_manager.bulk_create([model(**_values(model, world, choose=choose))])
        except (DatabaseError, LookupError, ValueError, TypeError) as error:
            fault = f"{type(error).__name__}: {str(error).splitlines()[0][:160]}"
        else:
            return ""
    return fault


def _values(model: Model, world: World, *, choose: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    used: list[Any] = []  # two keys to people of one row name two people
    for field in model._meta.concrete_fields:
        if field.primary_key or field.null or isinstance(field, models.GeneratedField):
            continue
        if field.default is not NOT_PROVIDED and field.name not in ("space", "space_id"):
            continue
        if field.is_relation and field.name != "space":
            used.append(_related(field.related_model, world, used))
            values[field.attname] = used[-1].pk
        elif field.blank and not choose and isinstance(field, models.CharField | models.TextField):
            values[field.attname] = ""
        else:
            values[field.attname] = _value(field, world)
    return values


def _value(field: Any, world: World) -> Any:
    if field.name in ("space", "space_id") or field.name.endswith("_space"):
        return world.space.pk
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.CharField | models.TextField):
        text = f"{MARKER}{next(_numbers)}" if field.unique else MARKER
        return text[: field.max_length or 99]
    plain = {"DateTimeField": clock.now(), "DateField": clock.now().date(), "BooleanField": False, "JSONField": {}}
    plain |= {"BinaryField": b"", "FileField": "", "DurationField": None}
    return plain.get(field.get_internal_type(), 1)


def _related(model: Model, world: World, used: list[Any]) -> Any:
    """Return a row of the world that a key may point to; made if there is none yet. Raises LookupError."""
    known = [*vars(world).values(), world.editor.person]
    for row in known:
        if isinstance(row, model) and row not in used:
            return row
    if issubclass(model, TenantModel) or model in ledger_models():
        if not rows_of(model, world).exists() and _make(model, world):
            raise LookupError(f"no row of {model._meta.label} to point to")
        return rows_of(model, world).order_by("pk").first()
    row = model._base_manager.order_by("pk").first() if model in our_models() else None
    if row is None:
        raise LookupError(f"no row of {model._meta.label} to point to")
    return row
