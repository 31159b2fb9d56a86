"""The hot lane's own promises: bad rows fail alone, queues have an end, doubtful commits are failures."""

import asyncio
import gzip
import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection

from fenjin.kit.hotlane import Answer, Busy, CommittedHereOnly, Database, Door, Gatherer, Lane, Sheet, Unavailable, lane
from tests.loops import run


def test_a_filled_sheet_is_the_page_plain_and_packed() -> None:
    page = "头HOTA正文 HOTB 再 HOTA 尾".encode() * 9
    sheet = Sheet(page, {"a": b"HOTA", "b": b"HOTB"})
    values = {"a": "私".encode() * 30_000, "b": b""}
    expected = page.replace(b"HOTA", values["a"]).replace(b"HOTB", values["b"])
    assert sheet.plain(values) == expected
    assert gzip.decompress(sheet.packed(values)) == expected
    assert sheet.names == {"a", "b"}
    assert gzip.decompress(Sheet(page, {}).packed({})) == page


def test_what_comes_together_is_asked_together_and_answered_in_order() -> None:
    asked: list[int] = []

    async def ask(questions: Sequence[int]) -> list[int]:
        asked.append(len(questions))
        return [question * 2 for question in questions]

    async def crowd() -> list[int]:
        gatherer = Gatherer[int, int](ask, most=40)
        return await asyncio.gather(*(gatherer.put(number) for number in range(100)))

    assert run(crowd()) == [number * 2 for number in range(100)]
    assert asked == [40, 40, 20]


def test_more_than_there_is_room_for_is_told_so() -> None:
    async def ask(questions: Sequence[int]) -> Sequence[int]:
        return questions

    async def crowd() -> list[Any]:
        gatherer = Gatherer[int, int](ask, room=10)
        return await asyncio.gather(*(gatherer.put(number) for number in range(15)), return_exceptions=True)

    seen = run(crowd())
    assert seen[:10] == list(range(10))
    assert all(isinstance(one, Busy) for one in seen[10:])


@pytest.mark.django_db(transaction=True)
def test_one_bad_row_never_fails_its_neighbours() -> None:
    async def crowd() -> list[Any]:
        database = Database()

        async def ask(numbers: Sequence[int]) -> list[int]:
            rows = await database.ask("SELECT 12 / n FROM unnest(%(all)s::int[]) AS n", {"all": list(numbers)})
            return [value for (value,) in rows]

        gatherer = Gatherer[int, int](ask)
        seen = await asyncio.gather(*(gatherer.put(n) for n in (1, 2, 0, 3, 4, 0, 6)), return_exceptions=True)
        await database.close()
        return seen

    seen = run(crowd())
    assert [one for one in seen if isinstance(one, int)] == [12, 6, 4, 3, 2]
    assert [type(one).__name__ for one in seen if not isinstance(one, int)] == ["DivisionByZero"] * 2


@pytest.mark.django_db(transaction=True)
def test_a_commit_with_a_warning_is_a_failure_for_all_of_its_batch() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp_doubt() RETURNS int LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE WARNING 'canceling wait for synchronous replication' USING ERRCODE = '01000'; RETURN 1; END $$"
        )

    async def crowd() -> list[Any]:
        database = Database()

        async def ask(numbers: Sequence[int]) -> list[int]:
            return [value for (value,) in await database.ask("SELECT pg_temp_doubt()", {})] * len(numbers)

        gatherer = Gatherer[int, int](ask)
        seen = await asyncio.gather(*(gatherer.put(n) for n in range(3)), return_exceptions=True)
        await database.close()
        return seen

    try:
        assert [type(one) for one in run(crowd())] == [CommittedHereOnly] * 3
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION pg_temp_doubt()")


@pytest.mark.django_db(transaction=True)
def test_a_statement_is_planned_once_and_again_when_its_table_has_changed() -> None:
    everything = "SELECT * FROM changing_shape"

    async def thrice() -> list[Any]:
        database = Database()
        before = [await database.ask(everything, {}) for _time in range(2)]
        planned = "SELECT count(*) FROM pg_prepared_statements WHERE statement = %(sql)s AND generic_plans = 2"
        [(kept,)] = await database.ask(planned, {"sql": everything})
        await database.ask("SELECT change_shape()", {})
        after = await database.ask(everything, {})
        await database.close()
        return [*before, kept, after]

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE changing_shape AS SELECT 1 AS one")
        cursor.execute(
            "CREATE FUNCTION change_shape() RETURNS int LANGUAGE plpgsql AS"
            " $$ BEGIN ALTER TABLE changing_shape ADD COLUMN more int DEFAULT 7; RETURN 1; END $$"
        )
    try:
        assert run(thrice()) == [[(1,)], [(1,)], 1, [(1, 7)]]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION change_shape(); DROP TABLE changing_shape")


@pytest.mark.django_db(transaction=True)
def test_a_server_that_ended_the_session_is_asked_again() -> None:
    async def twice() -> list[Any]:
        database = Database()
        [(before,)] = await database.ask("SELECT pg_backend_pid()", {})
        other = Database()
        await other.ask("SELECT pg_terminate_backend(%(pid)s::int, 5000)", {"pid": before})
        [(after,)] = await database.ask("SELECT pg_backend_pid()", {})
        await database.close()
        await other.close()
        return [before, after]

    before, after = run(twice())
    assert before != after


@pytest.mark.parametrize("failure", [Busy(), Unavailable(), CommittedHereOnly("elsewhere?")])
def test_what_cannot_be_kept_is_answered_with_come_again(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    status, headers, handed_on = _asked(monkeypatch, failure)
    assert status == 503
    assert 1 <= int(headers[b"retry-after"]) <= 3
    assert handed_on == []


def test_a_door_that_breaks_leaves_the_answer_to_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    status, _headers, handed_on = _asked(monkeypatch, ZeroDivisionError())
    assert status == 0
    assert handed_on == ["/things/7/"]


def _asked(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> tuple[int, dict[bytes, bytes], list[str]]:
    async def opens(*_asked: Any) -> Answer | None:
        raise failure

    monkeypatch.setattr(lane, "_doors", [lambda: [Door("GET", re.compile(r"/things/([0-9]+)/"), opens)]])
    handed_on: list[str] = []
    sent: list[Any] = []

    async def pages(scope: Any, _receive: Any, _send: Any) -> None:
        handed_on.append(scope["path"])

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    run(Lane(pages)({"type": "http", "method": "GET", "path": "/things/7/", "headers": []}, receive, send))
    return (sent[0]["status"], dict(sent[0]["headers"]), handed_on) if sent else (0, {}, handed_on)
