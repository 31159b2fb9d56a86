"""One press: what is written, what is frozen, and that a refusal writes nothing."""

import hashlib
from datetime import date, time, timedelta
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction
from pyroaring import BitMap

from fenjin.audiences.rules import NobodyNamed, RuleRefusal
from fenjin.audit.models import AuditEvent
from fenjin.delivery import register
from fenjin.delivery.models import Message, MessageVersion
from fenjin.delivery.services import Due, DueInThePast, NobodyThere, OrganisationBusy, Sending, send_message
from fenjin.delivery.testing import NOTE, make_message, note_kind, rule_of, sender
from fenjin.kit import clock
from fenjin.kit.errors import BadRequest, NotFound, Refusal
from fenjin.kit.scope import Reason, every_space
from fenjin.people.services.positions import TREE_LOCK
from fenjin.people.testing import make_person, make_unit
from fenjin.spaces.testing import make_space

TABLES = ("delivery_message", "delivery_messageversion", "delivery_denominator", "delivery_receipt")
TABLES += ("delivery_counter", "audit_auditevent")


def sizes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES))
        return dict(zip(TABLES, cursor.fetchone(), strict=True))


def denominators(message):
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, people FROM delivery_denominator WHERE message_id = %s", [message.pk])
        return dict(cursor.fetchall())


def test_a_message_freezes_words_and_audience(world):
    message = make_message(world.first)
    assert set(BitMap.deserialize(bytes(message.bitmap))) == {
        person.pk for name in ("first", "safety", "drilling", "team") for person in world.people[name]
    }
    assert message.head_count == 16
    assert denominators(message) == {
        world.first.pk: 2,
        world.safety.pk: 3,
        world.drilling.pk: 6,
        world.team.pk: 5,
    }
    version = message.versions.get()
    assert version.sha256 == hashlib.sha256(version.html.encode()).hexdigest()
    assert (version.number, version.title, message.current_version) == (1, "冬季安全十条", 1)


def test_what_sending_writes_grows_with_units_not_with_people(world):
    before = sizes()
    make_message(world.root, actor=sender_after_counting(before))
    written = sum(sizes().values()) - sum(before.values())
    assert written == 3 + 5  # message, version, audit; a denominator for each unit with people
    for _more in range(30):
        make_person(unit=world.team)
    before = sizes()
    make_message(world.root, actor=sender_after_counting(before))
    assert sum(sizes().values()) - sum(before.values()) == 3 + 5


def sender_after_counting(before):
    """Return a sender; making one writes no row that is counted."""
    actor = sender()
    assert sizes() == before
    return actor


def test_the_same_key_sends_once(world):
    actor = sender()
    first = make_message(world.first, actor=actor, key="press-one")
    after = sizes()
    assert make_message(world.second, actor=actor, key="press-one").pk == first.pk
    assert sizes() == after
    assert make_message(world.first, actor=sender(), key="press-one").pk != first.pk


def test_the_act_is_in_the_audit(world):
    actor = sender()
    message = make_message(world.first, actor=actor)
    event = AuditEvent.objects.get(act="delivery.send")
    assert (event.actor_id, event.target_id, event.space_id) == (actor.pk, message.pk, 1)
    assert event.details["people"] == 16


def test_the_database_keeps_what_was_sent(world):
    message = make_message(world.first)
    for change in (
        lambda: MessageVersion.objects.filter(message=message).update(html="<p>x</p>"),
        lambda: MessageVersion.objects.filter(message=message).delete(),
        lambda: Message.objects.filter(pk=message.pk).update(head_count=3),
        lambda: Message.objects.filter(pk=message.pk).update(bitmap=b""),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_body_can_do_nothing_but_be_read(world):
    bad = '<p onclick="x()">字</p><script>x()</script><a href="javascript:x()">去</a>'
    bad += '<img src="https://spy.example/1.png">'
    note_kind()
    frozen = register.Frozen("题", "", bad + '<img src="/m/ab/720.webp" style="x">', "字")
    kind = register.ContentKind("test-bad", "Bad", lambda r: [], lambda pk: frozen, lambda m, pk: True)
    if "test-bad" not in {known.key for known in register.kinds()}:
        register.register_kind(kind)
    html = make_message(world.first, kind="test-bad").versions.get().html
    assert '<img src="/m/ab/720.webp">' in html
    for trace in ("script", "onclick", "spy.example", "javascript", "style"):
        assert trace not in html


class _Draft(Refusal):
    code = "draft"


def _refuse(pk):
    raise _Draft


REFUSALS = {
    "no role in the space": (NotFound, {"space_id": None}),  # another one than that of the role
    "kind nobody signed": (NotFound, {"kind": "nothing"}),
    "content that may not be sent": (NotFound, {"kind": "test-forbidden"}),
    "content that is a draft": (_Draft, {"kind": "test-draft"}),
    "malformed rule": (RuleRefusal, {"rule": {"any": 3}}),
    "empty rule": (NobodyNamed, {"rule": {"any": []}}),
    "unknown unit": (RuleRefusal, {"rule": {"any": [{"unit": 10**9}]}}),
    "unknown importance": (BadRequest, {"importance": "shout"}),
    "due in the past": (DueInThePast, {"due": Due(date(2020, 1, 1), time(18, 0), "Asia/Shanghai")}),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_writes_nothing(world, case):
    error, fields = REFUSALS[case]
    known = {kind.key for kind in register.kinds()}
    note = note_kind()
    for key, may, freeze in (("test-forbidden", False, note.freeze), ("test-draft", True, _refuse)):
        if key not in known:
            register.register_kind(register.ContentKind(key, key, note.choose, freeze, lambda m, pk, may=may: may))
    if "space_id" in fields:
        fields = {"space_id": make_space().pk}
    actor = sender()
    before = sizes()
    with pytest.raises(error):
        make_message(world.first, actor=actor, **fields)
    assert sizes() == before


def test_nobody_there_is_refused(world):
    actor, empty = sender(), make_unit("空", world.root)
    before = sizes()
    with pytest.raises(NobodyThere):
        make_message(empty, actor=actor)
    with pytest.raises(NobodyThere):
        make_message(world.first, actor=actor, rule=rule_of(world.first, minus=(world.first,)))
    assert sizes() == before


def test_an_editor_of_a_branch_reaches_that_branch_only(world):
    note_kind()
    actor = sender(unit=world.drilling)
    message = make_message(world.root, actor=actor)
    assert denominators(message) == {world.drilling.pk: 6, world.team.pk: 5}


def test_a_deadline_is_a_wall_clock_and_a_place(world):
    tomorrow = (clock.now() + timedelta(days=1)).date()
    message = make_message(world.first, due=Due(tomorrow, time(18, 0), "Asia/Tashkent"))
    message.refresh_from_db()
    assert message.due_at.isoformat().endswith("18:00:00+05:00")


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_time_send_once(lasting_world):
    actor, found, errors = sender(), [], []
    note_kind()

    def press():
        try:
            with every_space(Reason.TEST):
                found.append(make_message(lasting_world.first, actor=actor, key="double-tap").pk)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=press) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
    assert len(found) == 6
    assert len(set(found)) == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_while_the_tree_changes_sending_waits_and_then_says_so(lasting_world, monkeypatch):
    note_kind()
    actor = sender()
    before = sizes()
    monkeypatch.setattr("fenjin.delivery.services.freezing.PATIENCE", "200ms")
    held = []

    def press():
        try:
            with every_space(Reason.TEST):
                make_message(lasting_world.first, actor=actor)
        except OrganisationBusy as error:
            held.append(error)
        finally:
            connection.close()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])
        thread = Thread(target=press)
        thread.start()
        thread.join(20)
    assert len(held) == 1
    assert sizes() == before
    sending = Sending(kind=NOTE, content_id=1, rule=rule_of(lasting_world.first))
    assert send_message(actor=actor, space_id=1, sending=sending, key="again-later").pk
