"""Questions of every kind as Hypothesis makes them, for the round trips of formats."""

from hypothesis import strategies as st

from fenjin.quiz.formats.incoming import Embedded, Incoming, one_line
from fenjin.quiz.kinds import Accepted, Content, Kind, Piece, check, seen, tidy

SIGNS = "安全消防阀门甲乙丙ABCDabt019 .,:;、。：；？！（）()[]【】\"'“”~=#{}\\/<>&%*|$@+-_±→答案解析对错"
QUIET = "安全消防阀门压力电梯锅炉甲乙丙丁abcxyz0123456789，。？"


def _words(alphabet, most, *, lines=False):
    text = st.text(alphabet + ("\n" if lines else ""), min_size=1, max_size=most).map(tidy)
    return text.filter(lambda one: bool(seen(one)) and tidy(one) == one and "\n\n\n" not in one)


@st.composite
def contents(draw, kinds=tuple(Kind), alphabet=SIGNS, *, lines=True):
    """A question without faults of any of the kinds."""
    kind = draw(st.sampled_from(sorted(kinds)))
    stem = Piece(draw(_words(alphabet, 40, lines=lines)))
    pieces = _words(alphabet, 12, lines=lines).map(Piece)

    def several(least, most):
        return tuple(draw(st.lists(pieces, min_size=least, max_size=most, unique_by=lambda one: seen(one.text))))

    match kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            options = several(2, 10)
            places = st.sets(st.integers(0, len(options) - 1), min_size=1, max_size=1 if kind is Kind.SINGLE else None)
            made = Content(kind, stem, options, right=tuple(sorted(draw(places))))
        case Kind.TRUE_FALSE:
            made = Content(kind, stem, right=(draw(st.integers(0, 1)),))
        case Kind.FILL:
            made = Content(kind, stem, accepted=draw(_accepted(alphabet)))
        case Kind.ORDERING:
            made = Content(kind, stem, several(3, 8))
        case Kind.MATCHING:
            partners = several(2, 10)
            right = draw(st.permutations(range(len(partners))))[: draw(st.integers(2, min(8, len(partners))))]
            lefts = several(len(right), len(right))
            made = Content(kind, stem, lefts, partners, tuple(right))
    return made


@st.composite
def _accepted(draw, alphabet):
    def number(least):
        return st.decimals(least, 10_000, places=2, allow_nan=False, allow_infinity=False)

    words = _words(alphabet, 12).map(Accepted)
    numbers = st.builds(lambda value, off: Accepted(number=value, tolerance=off), number(-10_000), number(0))
    return tuple(draw(st.lists(draw(st.sampled_from([words, numbers])), min_size=1, max_size=4, unique=True)))


@st.composite
def questions(draw, kinds=tuple(Kind), alphabet=SIGNS, *, lines=True, pictures=False):
    """A whole question with all that stands around it."""
    content = draw(contents(kinds, alphabet, lines=lines).filter(lambda one: not check(one)))
    embedded = ()
    if pictures and draw(st.booleans()):
        embedded = (Embedded("a.png", PNG),)
        content = Content(
            content.kind,
            Piece(content.stem.text, -1),
            content.options,
            content.partners,
            content.right,
            content.accepted,
        )
    topic = _words(alphabet, 20).map(one_line)
    tag = st.text("安全消防abc", min_size=1, max_size=8)
    return Incoming(
        place="1",
        content=content,
        topic=draw(st.just("") | topic),
        difficulty=draw(st.sampled_from([None, 1, 2, 3])),
        tags=tuple(draw(st.lists(tag, max_size=3, unique=True))),
        explanation=draw(st.just("") | _words(alphabet, 30, lines=lines)),
        source_words=draw(st.just("") | _words(QUIET, 20)),
        source_link=draw(st.sampled_from(["", "https://example.org/a?b=1"])),
        pictures=embedded,
    )


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0500f000304010149d4b8e30000000049454e44ae426082"
)
