"""Each rule of the hot doors is taken away once: the comparison with the twins must notice."""

import inspect
import textwrap

import pytest

from fenjin.delivery.hot import confirming, ledger, opening
from fenjin.delivery.services import gathered
from fenjin.delivery.tests import lane as lanes
from fenjin.delivery.tests.hot_confirms import CONFIRM
from fenjin.delivery.tests.hot_opens import OPEN
from fenjin.delivery.tests.hot_scene import play
from fenjin.people.testing import publish_notice
from fenjin.spaces.selectors import guests
from tests.plugin import PROVE

# Rules with a second wall behind them are missing here: another account's session has another signature too, a second
# confirmation would break the counter's constraint, and who is not in the audience counts under none of its units.
# Where a rule stands, how it is taken away, and the case that must go wrong then.
RULES = [
    (ledger, "GUESTS", "session.revoked_at IS NULL AND", "", OPEN["a_revoked_session"]),
    (ledger, "GUESTS", "session.expires_at > %(now)s", "%(now)s IS NOT NULL", OPEN["an_ended_session"]),
    (ledger, "GUESTS", "account.is_active", "true", OPEN["a_closed_account"]),
    (ledger, "GUESTS", "person.status <> 'left'", "true", OPEN["a_leaver"]),
    (ledger, "GUESTS", "person.left_on IS NULL OR", "true OR", OPEN["left_today"]),
    (
        guests,
        "_guest",
        "not constant_time_compare",
        "False and constant_time_compare",
        OPEN["a_password_changed_since"],
    ),
    (guests, "_guest", "must_change or ", "", OPEN["a_first_password_to_be_changed"]),
    (guests, "_guest", "not notice_read or ", "", OPEN["a_privacy_notice_not_yet_read"]),
    (guests, "_guest", "own_zone or place_zone or ", "", OPEN["in_another_zone"]),
    (guests, "_guest", "own_zone or place_zone or ", "own_zone or ", OPEN["in_the_zone_of_the_place"]),
    (ledger.Ledger, "shown_to", " and visible <= clock.now()", "", OPEN["visible_tomorrow"]),
    (ledger.Ledger, "shown_to", "or not shown.plain ", "", OPEN["withdrawn"]),
    (ledger.Ledger, "guest", ' or "messages" in request.cookies', "", OPEN["a_toast_waits"]),
    (ledger.Ledger, "guest", ' or "hx-request" in request.headers', "", OPEN["swapped_in_by_htmx"]),
    (ledger.Ledger, "guest", " or not request.known_host", "", OPEN["at_a_strange_host"]),
    (opening, "_looks_new", "opened.confirmed_version is None and ", "", OPEN["confirmed_already"]),
    (opening, "_looks_new", " and newest", "", OPEN["an_older_version_seen"]),
    (opening, "_looks_new", "not opened.taken_back and ", "", OPEN["a_confirmation_taken_back"]),
    (opening, "_own", "escape(", "str(", OPEN["with_a_watermark"]),
    (opening.Openings, "answer", "request.query or ", "", OPEN["just_confirmed"]),
    (opening.Openings, "answer", " or any(name in request.headers for name in _AHEAD)", "", OPEN["fetched_ahead"]),
    (gathered, "OPEN", "NOT p.main, p.started_on", "p.started_on", OPEN["two_posts"]),
    (gathered, "OPEN", "cardinality(posts) = 1", "true", OPEN["another_main_post_since_the_sending"]),
    (gathered, "OPEN", "d.unit_id IS NOT NULL AND ", "", OPEN["meant_by_the_second_post"]),
    (gathered, "OPEN", " AND p.ended_on IS NULL", "", OPEN["moved_before_the_sending"]),
    (gathered, "OPEN", " AND p.created_at <= a.frozen_at", "", OPEN["a_second_post_since_the_sending"]),
    (gathered, "OPEN", "HAVING bool_and", "HAVING true OR bool_and", OPEN["a_post_that_ends_tomorrow"]),
    (
        gathered,
        "OPEN",
        "m.elsewhere ? held.person_id::text",
        "false",
        OPEN["meant_by_the_second_post_where_the_first_one_counts_others"],
    ),
    (gathered, "OPEN", "count(*), 0 FROM opened", "count(*) * 2, 0 FROM opened", OPEN["ordinary"]),
    (confirming, "_from_our_page", 'site == "same-origin" and ', "", CONFIRM["from_a_neighbour_of_the_same_site"]),
    (
        confirming,
        "_from_our_page",
        ' and is_ours(request.headers.get("origin", ""), request.origin)',
        "",
        CONFIRM["from_nowhere"],
    ),
    (
        confirming,
        "_is_plain",
        ' or not token_matches(form.get("csrfmiddlewaretoken", ""), secret)',
        "",
        CONFIRM["with_a_foreign_token"],
    ),
    (confirming, "_is_plain", " and client_key(key) == key", "", CONFIRM["a_bad_client_key"]),
    (confirming.Confirmations, "answer", " or version != shown.version.number", "", CONFIRM["a_wrong_version"]),
    (confirming.Confirmations, "answer", " or not shown.message.asks_confirmation", "", CONFIRM["nothing_asked_for"]),
    (
        gathered,
        "CONFIRM",
        "SET confirmed = c.confirmed + EXCLUDED.confirmed",
        "SET confirmed = c.confirmed",
        CONFIRM["plain"],
    ),
]
# A wrong version is also stopped by the statement: both are taken away together.
TOGETHER = {"a_wrong_version": (gathered, "CONFIRM", "m.current_version = a.version AND", "")}


def without(monkeypatch, place, name, rule, instead):
    """Put a function or text in force that lacks one rule."""
    whole = getattr(place, name)
    if isinstance(whole, str):
        assert rule in whole, rule
        monkeypatch.setattr(place, name, whole.replace(rule, instead))
        return
    source = textwrap.dedent(inspect.getsource(whole))
    assert rule in source, rule
    made: dict = {}
    exec(source.replace(rule, instead), whole.__globals__, made)  # noqa: S102 - our own source
    monkeypatch.setattr(place, name, made[name])


@pytest.mark.skipif(not PROVE, reason="at full size only: the cases themselves are played in each run")
def test_each_rule_that_is_taken_away_is_noticed(monkeypatch, lasting_world):
    publish_notice()
    unnoticed = []
    for place, name, rule, instead, case in RULES:
        with monkeypatch.context() as patch:
            without(patch, place, name, rule, instead)
            if case.__name__ in TOGETHER:
                without(patch, *TOGETHER[case.__name__])
            client = lanes.LaneClient(patch)
            try:
                if play(client, case(lasting_world)) is None:
                    unnoticed.append((name, rule, case.__name__))
            finally:
                client.close()
    assert [case for _name, _rule, case in unnoticed] == []
