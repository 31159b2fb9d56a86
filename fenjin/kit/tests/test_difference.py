"""What is different in two texts: nothing is lost, nothing is said twice."""

from hypothesis import given
from hypothesis import strategies as st

from fenjin.kit.difference import Stretch, stretches

texts = st.text("安全先断电ab ，\n", max_size=12)


@given(texts, texts)
def test_both_texts_can_be_read_from_the_stretches(old, new):
    found = list(stretches(old, new))
    assert "".join(one.text for one in found if one.kind != "ins") == old
    assert "".join(one.text for one in found if one.kind != "del") == new
    assert all(one.text for one in found)


def test_what_stayed_stands_around_what_changed():
    assert list(stretches("先断电，再处置", "先停机，再处置")) == [
        Stretch("", "先"),
        Stretch("del", "断电"),
        Stretch("ins", "停机"),
        Stretch("", "，再处置"),
    ]
