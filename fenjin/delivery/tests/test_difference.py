"""What changed between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from fenjin.delivery.difference import GONE, NEW, SAME, difference

LINES = st.lists(st.text(alphabet="安全十条a1 。", min_size=1, max_size=12), max_size=6).map("\n".join)


def shown(before, after):
    return [[(piece.kind, piece.text) for piece in paragraph.pieces] for paragraph in difference(before, after)]


def test_only_changed_paragraphs_are_shown_word_by_word():
    assert shown("会议 14:00 开始\n带证件", "会议 15:00 开始\n带证件") == [
        [(SAME, "会议 "), (GONE, "14"), (NEW, "15"), (SAME, ":00 开始")]
    ]


def test_added_and_removed_paragraphs_stand_whole():
    assert shown("一\n二", "一\n二\n三") == [[(NEW, "三")]]
    assert shown("一\n二", "二") == [[(GONE, "一")]]


def test_a_huge_paragraph_is_shown_as_a_whole():
    assert [kind for kind, _text in shown("a " * 4000, "b " * 4000)[0]] == [GONE, NEW]


@given(before=LINES, after=LINES)
def test_what_stayed_and_came_is_part_of_the_new_text_and_what_stayed_and_went_of_the_old(before, after):
    for paragraph in difference(before, after):
        new = "".join(piece.text for piece in paragraph.pieces if piece.kind != GONE)
        old = "".join(piece.text for piece in paragraph.pieces if piece.kind != NEW)
        assert new in after
        assert old in before
    same = [line.strip() for line in before.splitlines() if line.strip()]
    assert (not difference(before, after)) == (same == [line.strip() for line in after.splitlines() if line.strip()])
