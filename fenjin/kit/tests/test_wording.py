"""Counts and times in words, in both languages; titles that break between words."""

import html
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from fenjin.kit import clock, wording
from fenjin.kit.phrases import phrases_of, with_breaks, with_marks

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


@pytest.fixture(autouse=True)
def _morning(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with timezone.override(ZoneInfo("Asia/Shanghai")), translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (0, "0", "0"),
        (9_860, "9,860", "9,860"),
        (12_345, "1.2 万", "12.3k"),
        (19_999, "1.9 万", "19.9k"),
        (725_000, "72.5 万", "725k"),
        (1_000_000, "100 万", "1M"),
        (240_000_000, "2.4 亿", "240M"),
    ],
)
def test_counts_are_short_and_never_rounded_up(value, chinese, english):
    assert wording.short_number(value) == chinese
    with translation.override("en"):
        assert wording.short_number(value) == english


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "刚刚"),
        (timedelta(minutes=12), "12 分钟前"),
        (timedelta(hours=2), "今天 08:00"),
        (timedelta(hours=14), "昨天 20:00"),
        (timedelta(days=4), "11月18日"),
        (timedelta(days=400), "2025年10月18日"),
        (-timedelta(days=1), "明天 10:00"),
    ],
)
def test_times_are_said_as_people_say_them(ago, words):
    assert wording.friendly_time(NOW - ago) == words


def test_today_is_the_readers_today():
    moment = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)  # 01:00 on the 22nd in Shanghai
    assert wording.friendly_time(moment) == "今天 01:00"
    with timezone.override(ZoneInfo("Africa/Lagos")):
        assert wording.friendly_time(moment) == "昨天 18:00"


def test_a_deadline_names_the_day():
    assert wording.due_time(NOW + timedelta(hours=8)) == "今天 18:00"
    assert wording.due_time(NOW + timedelta(days=8)) == "11月30日 10:00"
    with translation.override("en"):
        assert wording.due_time(NOW + timedelta(days=8)) == "30 Nov 10:00"


def test_a_number_stays_with_its_measure_word():
    pieces = phrases_of("凌晨四点的检修线：一支平均年龄27岁的班组")
    assert any("27岁" in piece for piece in pieces)
    assert not any(piece[0] in "：的" for piece in pieces)


@given(st.text(max_size=60))
def test_nothing_is_lost_between_the_breaks(text):
    assert "".join(phrases_of(text)) == text


def test_latin_gets_air_only_where_it_meets_chinese():
    assert with_breaks("平均27岁") == '平<span class="air-r">均</span><wbr><span class="air-r">27</span>岁'
    assert "air" not in with_breaks("Safety 2026")
    assert 'air-r">3.5%</span>' in with_breaks("3.5%的人")


@given(st.text(max_size=40))
def test_no_letter_is_lost_in_a_title(text):
    assert html.unescape(re.sub(r"<wbr>|<span[^>]*>|</span>", "", with_breaks(text))) == html.unescape(escape(text))


def test_a_title_cannot_bring_markup():
    assert "<script>" not in with_breaks("<script>alert(1)</script>")
    assert with_marks("<b>安全</b>", ["安全", "b"]).count("<b>") == 0


def test_found_words_are_marked_whatever_their_case():
    assert with_marks("Safety first", ["safety"]) == "<mark>Safety</mark> first"
    assert with_marks("安全生产", []) == "安全生产"
