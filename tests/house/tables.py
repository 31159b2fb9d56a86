"""What is true of every table of ours: which space a row belongs to, and who may look."""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Count

from fenjin.kit.models import TenantModel


def our_models() -> list[type[models.Model]]:
    """Return every model of the house, without those that tests make up."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("fenjin.") and ".tests." not in model.__module__
    ]


def tenant_models(among: Iterable[type[models.Model]] | None = None) -> list[type[TenantModel]]:
    """Return the models whose rows belong to a space."""
    found = our_models() if among is None else among
    return [model for model in found if issubclass(model, TenantModel) and not model._meta.proxy]


def ledger_models(among: Iterable[type[models.Model]] | None = None) -> list[type[models.Model]]:
    """Return the models that carry the id of a space without a key to it: ledgers and the audit trail."""
    found = our_models() if among is None else among
    return [model for model in found if _field(model, "space_id") and not _field(model, "space")]


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any] | None:
    return next((field for field in model._meta.local_concrete_fields if field.name == name), None) or next(
        (field for field in model._meta.concrete_fields if field.name == name), None
    )


def strays(among: Iterable[type[models.Model]], spaceless: dict[str, str], ledgers: dict[str, str]) -> list[str]:
    """Return the models that neither belong to a space by the right base nor are excused with a reason."""
    faults = []
    for model in among:
        label = model._meta.label
        if issubclass(model, TenantModel):
            if label in spaceless:
                faults.append(f"{label} belongs to a space and is excused as spaceless")
        elif _field(model, "space"):
            faults.append(f"{label} has a space, but is not a TenantModel")
        elif _field(model, "space_id"):
            if label not in ledgers:
                faults.append(f"{label} has a space_id, but is no known ledger")
        elif label not in spaceless:
            faults.append(f"{label} has no space and no reason for it")
    return faults


# Every way to read (or change by a query) through a manager. Each must raise without a scope.
READS: dict[str, Callable[[models.Manager[Any]], Any]] = {
    "iterate": lambda rows: list(rows.all()),
    "bool": lambda rows: bool(rows.all()),
    "len": lambda rows: len(rows.all()),
    "index": lambda rows: rows.order_by("pk")[0],
    "slice": lambda rows: list(rows.order_by("pk")[:2]),
    "get": lambda rows: rows.get(pk=1),
    "filter": lambda rows: list(rows.filter(pk=1)),
    "filter.exists": lambda rows: rows.filter(pk=1).exists(),
    "exclude.exists": lambda rows: rows.exclude(pk=1).exists(),
    "exists": lambda rows: rows.exists(),
    "count": lambda rows: rows.count(),
    "aggregate": lambda rows: rows.aggregate(n=Count("pk")),
    "annotate": lambda rows: list(rows.annotate(n=Count("pk"))),
    "iterator": lambda rows: list(rows.iterator(chunk_size=2)),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "in_bulk of all": lambda rows: rows.in_bulk(),
    "explain": lambda rows: rows.all().explain(),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "earliest": lambda rows: rows.earliest("pk"),
    "latest": lambda rows: rows.latest("pk"),
    "values": lambda rows: list(rows.values("pk")),
    "values_list": lambda rows: list(rows.values_list("pk", flat=True)),
    "dates": lambda rows: list(rows.dates("created_at", "day")),
    "datetimes": lambda rows: list(rows.datetimes("created_at", "hour")),
    "distinct": lambda rows: list(rows.distinct()),
    "reverse": lambda rows: list(rows.order_by("pk").reverse()),
    "only": lambda rows: list(rows.only("pk")),
    "defer": lambda rows: list(rows.defer("uid")),
    "select_related": lambda rows: list(rows.select_related("space")),
    "union": lambda rows: list(rows.values("pk").union(rows.values("pk"))),
    "intersection": lambda rows: list(rows.values("pk").intersection(rows.values("pk"))),
    "select_for_update": lambda rows: list(rows.select_for_update()),
    "using": lambda rows: list(rows.using("default")),
    "alias": lambda rows: list(rows.alias(n=Count("pk")).filter(n=1)),
    "contains": lambda rows: rows.all().contains(rows.model(pk=1)),
    "get_or_create": lambda rows: rows.get_or_create(pk=1),
    "update_or_create": lambda rows: rows.update_or_create(pk=1),
    "update": lambda rows: rows.update(uid=None),
    "delete": lambda rows: rows.all()._raw_delete("default"),
    "as a subquery": lambda rows: list(apps.get_model("spaces.Space").objects.filter(pk__in=rows.values("space"))),
}


def relations() -> list[tuple[str, str, str, str]]:
    """Return every key from one tenant table to another: label, table, column, table pointed to."""
    found = []
    for model in tenant_models():
        for field in model._meta.local_concrete_fields:
            target = field.related_model
            if isinstance(target, type) and issubclass(target, TenantModel):
                label = f"{model._meta.label}.{field.name}"
                found.append((label, model._meta.db_table, str(field.column), target._meta.db_table))
    return found


_WALLS = """
SELECT source.relname, target.relname,
    array(SELECT a.attname FROM unnest(c.conkey) WITH ORDINALITY AS k(number, place)
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number ORDER BY place)::text[],
    array(SELECT a.attname FROM unnest(c.confkey) WITH ORDINALITY AS k(number, place)
          JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number ORDER BY place)::text[]
FROM pg_constraint c JOIN pg_class source ON source.oid = c.conrelid JOIN pg_class target ON target.oid = c.confrelid
WHERE c.contype = 'f' AND cardinality(c.conkey) = 2
"""


def walls() -> set[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Return the two-column foreign keys that the database holds: table, target, columns, target's columns."""
    with connection.cursor() as cursor:
        cursor.execute(_WALLS)
        return {(table, target, tuple(ours), tuple(theirs)) for table, target, ours, theirs in cursor.fetchall()}


def unwalled(
    found: Iterable[tuple[str, str, str, str]],
    held: set[tuple[str, str, tuple[str, ...], tuple[str, ...]]],
    excused: dict[str, str],
) -> list[str]:
    """Return the keys between tenant tables for which the database does not compare the spaces."""
    faults = []
    for label, table, column, target in found:
        spaces = ("space_id", f"{column.removesuffix('_id')}_space", f"{column.removesuffix('_id')}_space_id")
        ways = {(table, target, (space, column), ("space_id", "id")) for space in spaces}
        if not ways & held and label not in excused:
            faults.append(label)
    return faults
