"""Counts, suggestions, collisions, lengths: nothing that one side sees tells whether the other side has something.

Everybody of our side asks twice for the same: before and after a whole sub-platform more stands on the other
side, and another row of every kind in theirs, with the very words that are asked for. Both times the answers are
the same, letter for letter.
"""

import re
from datetime import timedelta

import pytest
from django.db import transaction

from fenjin.delivery.testing import make_message, rule_of, sender
from fenjin.kit import clock
from fenjin.kit.memory import forget_all
from fenjin.kit.scope import Reason, Scope, every_space
from fenjin.media.testing import make_file, make_picture
from fenjin.newsroom.services import publish_article
from fenjin.newsroom.testing import make_answer, make_article, make_column, make_series, make_term
from fenjin.people.services.posts import transfer_person
from fenjin.people.testing import make_account, make_person, make_unit
from fenjin.spaces.access import STUDIO
from fenjin.spaces.models import Space
from fenjin.spaces.testing import give_role
from tests.house.world import make_world
from tests.isolation import walk
from tests.isolation.world import signed_in

WORD = "斑马鱼"
# With each address also this: searched for, suggested, completed; pages of lists behind the first.
ASKED = ({}, {"q": WORD}, {"q": WORD[:2], "p": 1})
HEADERS = ("ETag", "Content-Length", "Content-Disposition", "Location", "Last-Modified")


def hidden_things(sides):
    """Put a sub-platform more on the other side, and drafts, people and pictures in theirs."""
    with every_space(Reason.TEST):
        more, theirs = make_world(WORD), sides.theirs
        plan(more.space.pk, more.editor)
        make_article(title=WORD, space_id=more.space.pk, recipients_only=True)
        for world in (more, theirs):
            there = {"space_id": world.space.pk, "actor": world.editor}
            article = make_article(title=WORD, publish=False, **there)
            make_series(article, title=WORD, state="draft", **there)
            make_column(name=WORD, **there)
            make_term(word=WORD, meaning=WORD, **there)
            make_answer(question=WORD, article_id=article.pk, **there)
            make_picture(title=WORD, **there)
            make_file(title=WORD, **there)
            person = make_person(WORD, unit=make_unit(WORD, world.unit))
            give_role(make_account(person).person, "moderator", space_id=world.space.pk)
            make_message(
                world.unit, actor=sender(space_id=world.space.pk), space_id=world.space.pk, rule=rule_of(world.unit)
            )


def plan(space_id, actor):
    """Plan an article for tomorrow, at the same minute on either side."""
    at = (clock.now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    article = make_article(title=WORD, space_id=space_id, actor=actor, publish=False, go_live_at=at)
    publish_article(actor=None, article=article)


# Wagtail's "3 minutes ago" goes by the clock of the machine, which pretending does not reach; the first paragraph
# of an empty text gets a new key each time, and each visit to an editor a number of its own.
MOVING = re.compile(
    r"\d+\s(?:秒|分钟|小时|天|seconds?|minutes?|hours?|days?)|(?<=key)\W+quot;:\s\W+quot;[a-z0-9]{5}"
    r"|/editing-sessions/[\w/]+"
)


def calls(asked):
    """Return all that is asked: address, path, and what is said with it."""
    return [
        (question.address.name, path, data)
        for question in asked
        for path in question.own
        for data in (ASKED if not question.address.arguments else ASKED[:1])
    ]


def answers(client, calls):
    """Return what each call is answered: status, words and telling headers."""
    found = {}
    for name, path, data in calls:
        with transaction.atomic():
            found[f"{name} {path} {data}"] = said(client.get(path, data))
            transaction.set_rollback(True)
    return found


def heard(client, calls):
    """Return the calls without those that an address answers as if nothing were said with it: once is enough there."""
    first = answers(client, calls)
    return [
        (name, path, data)
        for name, path, data in calls
        if not data or first[f"{name} {path} {data}"] != first.get(f"{name} {path} {ASKED[0]}")
    ]


def said(answer):
    """Return an answer as text, without what differs each time."""
    words, moving = MOVING.subn("*", walk.plain(answer))
    # A "9 seconds" that became "10 seconds" is one letter longer, and says nothing.
    headers = [name for name in HEADERS if name in answer.headers and not (moving and name == "Content-Length")]
    telling = [f"{name}: {answer.headers[name]}" for name in headers]
    return words + "\n" + "\n".join(telling)


def difference(before, after):
    """Return the places in which two texts begin to differ."""
    place = next((place for place, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), -40)
    return f"{before[max(0, place - 80) : place + 80]!r} / {after[max(0, place - 80) : place + 80]!r}"


def told(sides, name, asked):
    """Return the calls whose answers tell what came to the other side in between."""
    account, client = sides.asking[name]
    asking = walk.Asking(account)
    near = [one for one in asked if one.address.path.startswith(STUDIO) == (name == "staff")]
    near = [one for one in near if not walk.shut(one.address, asking)]
    assert near
    with clock.pretend(clock.now()):
        with every_space(Reason.TEST):
            plan(sides.ours.space.pk, sides.ours.editor)
        telling = heard(client, calls(near))  # and whatever is made at the first visit stands now
        forget_all()
        before = answers(client, telling)
        hidden_things(sides)
        forget_all()
        after = answers(client, telling)
    return [f"{call}: {difference(text, after[call])}" for call, text in before.items() if text != after[call]]


@pytest.mark.parametrize("name", ["employee", "staff"])
def test_what_the_other_side_has_changes_no_answer(name, sides, asked):
    assert len(asked) > 200
    faults = told(sides, name, asked)
    assert not faults, "\n".join(faults)


def everywhere():
    return frozenset(Space.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(("name", "address"), [("employee", "shell:search")])
def test_an_answer_that_counts_across_is_seen(name, address, sides, asked, monkeypatch):
    monkeypatch.setattr("fenjin.spaces.middleware.scope_of", lambda membership, path: Scope(everywhere(), everywhere()))
    monkeypatch.setattr("fenjin.spaces.access.Membership.spaces_with", lambda membership, *roles: everywhere())
    assert told(sides, name, [one for one in asked if one.address.name == address])


def test_whoever_moved_sees_nothing_that_came_after_and_keeps_what_was_received(sides):
    with every_space(Reason.TEST):
        there, here = make_world("旧家"), sides.ours
        account = make_account(make_person("要走的", unit=there.unit))
        client, common = (
            signed_in(account),
            {"space_id": there.space.pk, "kind": "article", "rule": rule_of(there.unit)},
        )
        old = make_article(title="走之前", space_id=there.space.pk)
        kept = make_message(there.unit, actor=sender(space_id=there.space.pk), content_id=old.pk, **common)
        assert client.get(f"/news/{old.pk}/").status_code == 200
        transfer_person(actor=None, person_id=account.person_id, unit_id=here.unit.pk)
        new = make_article(title=WORD, space_id=there.space.pk)
        later = make_message(there.unit, actor=sender(space_id=there.space.pk), content_id=new.pk, **common)
    forget_all()
    for article in (old, new):
        assert client.get(f"/news/{article.pk}/").status_code == 404
    assert "走之前" in client.get(f"/messages/{kept.pk}/").text.replace("<wbr>", "")
    assert client.get(f"/messages/{later.pk}/").status_code == 404
    for path in ("/", "/news/", "/news/series/", "/inbox/", f"/search/?q={WORD}"):
        assert f"/news/{new.pk}/" not in client.get(path).text, path
    assert WORD not in client.get("/inbox/").text
