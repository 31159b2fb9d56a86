"""Migrations are complete, named, reversible, import nothing of ours, and name what they constrain."""

import ast
import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    CreateModel,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

from tests.house.texts import ROOT

FILES = sorted((ROOT / "fenjin").glob("*/migrations/[0-9]*.py"))
# Libraries whose code may stand in a migration: they keep it stable for that very purpose.
MAY_IMPORT = ("django", "wagtail", "modelcluster", "modelsearch", "taggit", "datetime", "uuid")


def file_faults(name: str, text: str) -> list[str]:
    """Return what is wrong with a migration as a file: its name, its imports, its size of promise."""
    faults = []
    if re.search(r"_auto_|_initial$|_alter_|^\d+_(?:add|remove|delete)_\w+_and_more", Path(name).stem):
        faults.append("the name says nothing: name it after what it brings (-n)")
    for node in ast.walk(ast.parse(text)):
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        faults += [f"imports {module}" for module in modules if not _may_import(module)]
    return faults


def _may_import(module: str) -> bool:
    # Django's writer names a model's own field, default or validator by its module; swappable bases
    # of Wagtail do the same. What is ours may be named there only when it is a `deconstruct` result.
    return module.split(".")[0] in MAY_IMPORT


def operation_faults(operations: list) -> list[str]:
    """Return the operations that cannot be taken back."""
    faults = []
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            faults += operation_faults(operation.database_operations)
        elif isinstance(operation, RunSQL | RunPython) and not operation.reversible:
            faults.append(f"{operation.describe()} has no way back")
    return faults


def added_apart(operations: list) -> list[str]:
    """Return the constraints and indexes that are added to a table of the same migration instead of made with it.

    Each step draws all related models anew: with some hundred of them that is most of a first start. A table without
    relations costs nothing.
    """
    whole, faults = set(), []
    for operation in operations:
        if isinstance(operation, CreateModel) and any(field.is_relation for _name, field in operation.fields):
            whole.add(operation.name_lower)
        elif isinstance(operation, AddField):
            whole.discard(operation.model_name_lower)
        elif isinstance(operation, AddConstraint | AddIndex) and operation.model_name_lower in whole:
            faults.append(f"{operation.describe()}: put it into the options of its CreateModel")
    return faults


def unnamed(model: type[models.Model]) -> list[str]:
    """Return the constraints and indexes of a model that the database would name by itself."""
    meta = model._meta
    faults = [f"unique_together {fields}" for fields in meta.unique_together]
    generated = [index.name for index in meta.indexes if re.search(r"_[0-9a-f]{6,8}_idx$", index.name or "")]
    return faults + [f"index {name}" for name in generated]


@pytest.mark.django_db
def test_the_models_have_no_change_that_no_migration_holds():
    out = io.StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=out, stderr=out)
    except SystemExit:
        pytest.fail(out.getvalue())


@pytest.mark.django_db
def test_old_code_runs_on_new_tables():
    """django-migration-linter: nothing that a node of the version before would stumble over."""
    linter = MigrationLinter(
        path=str(ROOT),
        include_apps=sorted({path.parts[-3] for path in FILES}),
        exclude_migration_tests=["RUNSQL_REVERSIBLE", "RUNPYTHON_REVERSIBLE"],
        no_cache=True,
        quiet=["ignore", "ok", "warning", "error"],
    )
    linter.lint_all_migrations()
    assert linter.has_errors is False, linter.error_msg if hasattr(linter, "error_msg") else "see lintmigrations"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_migration_file(path):
    assert file_faults(path.name, path.read_text()) == []


def test_operations_can_be_taken_back():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {key: found for key, found in loader.disk_migrations.items() if found.__module__.startswith("fenjin.")}
    assert ours
    faults = {key: operation_faults(found.operations) for key, found in ours.items()}
    assert {key: found for key, found in faults.items() if found} == {}


def test_tables_are_made_in_one_step():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {key: found for key, found in loader.disk_migrations.items() if found.__module__.startswith("fenjin.")}
    faults = {key: added_apart(found.operations) for key, found in ours.items()}
    assert {key: found for key, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if m.__module__.startswith("fenjin.")], ids=lambda m: m._meta.label
)
def test_constraints_are_named(model):
    assert unnamed(model) == []


def test_a_migration_that_breaks_the_version_before_is_seen():
    analyser = get_sql_analyser_class("postgresql")
    errors, _ignored, _warnings = analyse_sql_statements(
        analyser, ['ALTER TABLE "people_person" DROP COLUMN "name" CASCADE'], []
    )
    assert errors
    fine, _ignored, _warnings = analyse_sql_statements(analyser, ['ALTER TABLE "x" ADD COLUMN "y" integer NULL'], [])
    assert not fine


def test_bad_migrations_are_seen():
    assert file_faults("0002_auto_20260101_0000.py", "")
    assert file_faults("0001_initial.py", "")
    assert file_faults("0002_alter_person_name.py", "")
    assert file_faults("0003_x.py", "from fenjin.people.services import tree") == ["imports fenjin.people.services"]
    assert file_faults("0003_x.py", "import requests") == ["imports requests"]
    assert file_faults("0003_person.py", "from django.db import migrations") == []
    assert operation_faults([RunSQL("SELECT 1")])
    assert operation_faults([SeparateDatabaseAndState([RunPython(lambda *_: None)])])
    assert operation_faults([RunSQL("SELECT 1", RunSQL.noop)]) == []
    key = ("space", models.ForeignKey("spaces.Space", on_delete=models.CASCADE))
    table, index = CreateModel("Table", [key]), models.Index(fields=["space"], name="by_space")
    assert added_apart([table, AddIndex("table", index)])
    assert added_apart([CreateModel("Table", []), AddIndex("table", index)]) == []
    assert added_apart([table, AddField("table", "night", models.DateField()), AddIndex("table", index)]) == []
    assert added_apart([AddIndex("table", index)]) == []


def test_an_unnamed_constraint_is_seen():
    class Nameless(models.Model):
        kind = models.CharField(max_length=3)

        class Meta:
            app_label = "kit"
            unique_together = (("kind",),)

        def __str__(self) -> str:
            return self.kind

    try:
        assert unnamed(Nameless)
    finally:
        del apps.all_models["kit"]["nameless"]
        apps.clear_cache()
