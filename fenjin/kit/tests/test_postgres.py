"""The connection to PostgreSQL: alive without being asked, and hot statements planned once."""

from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from fenjin.kit.db import ask


def backend_pid() -> int:
    [(pid,)] = ask("SELECT pg_backend_pid()")
    return int(pid)


@pytest.mark.django_db(transaction=True)
def test_connection_that_the_server_ended_is_noticed_and_replaced() -> None:
    connection.ensure_connection()
    before = backend_pid()
    assert connection.is_usable()
    outside = connection.copy()
    try:
        with outside.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    finally:
        outside.close()
    assert not connection.is_usable()
    # As Django does at the start of a request.
    connection.health_check_done = False
    connection.close_if_health_check_failed()
    assert backend_pid() != before


@pytest.mark.django_db
def test_health_check_asks_nothing(django_assert_num_queries: Any) -> None:
    connection.ensure_connection()
    asked: list[str] = []
    real = connection.connection.cursor
    connection.connection.cursor = lambda *arguments, **named: asked.append("cursor") or real(*arguments, **named)
    try:
        assert connection.is_usable()
    finally:
        del connection.connection.cursor
    assert asked == []


@pytest.mark.django_db
def test_hot_statement_is_planned_once(django_assert_num_queries: Any) -> None:
    statement = "SELECT id, %s::text FROM django_content_type WHERE id = %s::bigint /* planned once */"
    with django_assert_num_queries(20):
        for number in range(20):
            assert ask(statement, ["x", -number]) == []
    plans = ask(
        "SELECT generic_plans + custom_plans, generic_plans > 0 FROM pg_prepared_statements"
        " WHERE statement LIKE %s AND statement NOT LIKE %s",
        ["%/* planned once */", "%pg_prepared%"],
    )
    assert plans == [(20, True)]


@pytest.mark.django_db
def test_statement_that_fails_in_a_savepoint_can_be_asked_again() -> None:
    with pytest.raises(Exception, match="division by zero"), transaction.atomic():
        ask("SELECT 1 / %s::int", [0])
    assert ask("SELECT 1 / %s::int", [1]) == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_commit_that_comes_back_with_a_warning_is_a_failure() -> None:
    def write(warn: bool) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO warned_commit VALUES (%s)", [warn])

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE warned_commit (warn boolean)")
        # As the server does when somebody cancels its wait for a replica: a warning while it commits.
        cursor.execute("""CREATE FUNCTION pg_temp.warn() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN IF NEW.warn THEN RAISE WARNING ''canceling wait for synchronous replication''; END IF; RETURN NULL; END'
        """)
        cursor.execute("""CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON warned_commit
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pg_temp.warn()""")
    try:
        with pytest.raises(OperationalError, match="synchronous replication"):
            write(True)
        write(False)  # the next commit is judged by itself
    finally:
        connection.close()
