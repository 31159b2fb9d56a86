"""The editor of one question: rows of options that grow by a button, one form for each kind.

A row that is left empty does not count, so nobody has to delete rows. Which one is right stands beside it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.media.selectors import usable_pictures
from fenjin.media.selectors.choosing import PictureChooser
from fenjin.quiz.kinds import (
    FALSE,
    OPTION_LENGTH,
    OPTIONS,
    PARTNERS_AT_MOST,
    STEM_LENGTH,
    TRUE,
    Accepted,
    Content,
    Kind,
    Piece,
    number_in,
    tidy,
)
from fenjin.quiz.models import Difficulty, Question, QuestionVersion, Topic
from fenjin.quiz.services import Filed, Written
from fenjin.quiz.showing import LETTERS, accepted_words

FIRST_ROWS: Final = 4
WITH_ROWS: Final = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.ORDERING, Kind.MATCHING})
_NUMBER: Final = re.compile(r"(.+?)\s*(?:±|\+/-)\s*(.+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One option as the template draws it: its fields, and whether it is ticked as right."""

    place: int
    letter: str
    text: Any
    picture: Any
    partner: Any = None
    partner_picture: Any = None
    right: bool = False


class QuestionForm(forms.Form):
    """One question of a kind. `content()` gives what was typed; whether it can be asked, `kinds.check` says."""

    stem = forms.CharField(
        label=_("The question"), max_length=STEM_LENGTH, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    stem_picture: Any = forms.ModelChoiceField(label=_("Picture"), queryset=None, required=False, widget=PictureChooser)
    accepted = forms.CharField(
        label=_("Accepted answers"),
        help_text=_(
            "One on each line. Spaces, capitals and full-width signs make no difference. A number with what it may"
            " be off by: 12.5 ± 0.5; an exact number: 12.5 ± 0."
        ),
        max_length=2500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        help_text=_("Shown after the answer: why it is so, in two or three sentences."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source_words = forms.CharField(
        label=_("Source"),
        help_text=_("The law with its article, the rule, or the paragraph it comes from."),
        max_length=300,
        required=False,
    )
    source_link = forms.CharField(
        label=_("Address of the source"),
        help_text=_("Of an article here, such as /news/12/, or one that begins with https://."),
        max_length=300,
        required=False,
    )
    topic = forms.TypedChoiceField(label=_("Topic of questions"), coerce=int, required=False, empty_value=None)
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"), coerce=int, choices=Difficulty.choices, initial=Difficulty.MEDIUM
    )
    tags = forms.CharField(label=_("Tags"), help_text=_("With spaces between them."), max_length=90, required=False)
    note = forms.CharField(
        label=_("For whoever looks at it"),
        help_text=_("What you changed, or what you are not sure of."),
        max_length=300,
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: Kind,
        topics: list[Topic],
        question: Question | None = None,
        version: QuestionVersion | None = None,
    ) -> None:
        self.kind = kind
        shown = version.whole if version is not None else None
        self.count = self._rows_wanted(data, shown)
        super().__init__(data, initial=_initial(question, version))
        self.fields["stem_picture"].queryset = usable_pictures()  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", _("No topic")), *((one.pk, one.name) for one in topics)]  # type: ignore[attr-defined]
        if kind is not Kind.FILL:
            del self.fields["accepted"]
        self._add_rows(shown)
        self._kept_right = _ticked(shown)
        self._kept_accepted = {accepted_words(one): one for one in shown.accepted} if shown else {}
        self._kept_tags = tuple(question.tags) if question is not None else ()

    def _rows_wanted(self, data: Mapping[str, Any] | None, shown: Content | None) -> int:
        if self.kind not in WITH_ROWS:
            return 0
        most = PARTNERS_AT_MOST if self.kind is Kind.MATCHING else OPTIONS[self.kind][1]
        if data is None:
            return max(FIRST_ROWS, len(shown.options), len(shown.partners)) if shown else FIRST_ROWS
        asked = str(data.get("count", ""))
        count = int(asked) if asked.isdecimal() and len(asked) < 3 else FIRST_ROWS
        return max(2, min(most, count + (1 if data.get("do") == "more" else 0)))

    @property
    def may_grow(self) -> bool:
        """Tell whether another row may be added."""
        most = PARTNERS_AT_MOST if self.kind is Kind.MATCHING else OPTIONS.get(self.kind, (0, 0))[1]
        return self.kind in WITH_ROWS and self.count < most

    def _add_rows(self, shown: Content | None) -> None:
        left = shown.options if shown else ()
        right = _partners_in_rows(shown) if shown and self.kind is Kind.MATCHING else ()
        for place in range(self.count):
            self._add_piece("option", place, left)
            if self.kind is Kind.MATCHING:
                self._add_piece("partner", place, right)

    def _add_piece(self, name: str, place: int, pieces: tuple[Piece, ...]) -> None:
        piece = pieces[place] if place < len(pieces) else Piece()
        label = _("Option %(letter)s") if name == "option" else _("Partner %(letter)s")
        words = label % {"letter": LETTERS[place]}
        self.fields[f"{name}_{place}"] = forms.CharField(
            label=words, max_length=OPTION_LENGTH, required=False, strip=False, initial=piece.text
        )
        self.fields[f"{name}_picture_{place}"] = forms.ModelChoiceField(
            label=_("Picture"),
            queryset=usable_pictures(),
            required=False,
            widget=PictureChooser,
            initial=piece.picture,
        )

    def rows(self) -> list[Row]:
        """Return the rows of options in their order."""
        ticked = self._ticked_now()
        matching = self.kind is Kind.MATCHING
        return [
            Row(
                place=place,
                letter=LETTERS[place],
                text=self[f"option_{place}"],
                picture=self[f"option_picture_{place}"],
                partner=self[f"partner_{place}"] if matching else None,
                partner_picture=self[f"partner_picture_{place}"] if matching else None,
                right=place in ticked,
            )
            for place in range(self.count)
        ]

    def _ticked_now(self) -> frozenset[int]:
        if not self.is_bound:
            return self._kept_right
        posted = self.data.getlist("right") if hasattr(self.data, "getlist") else self.data.get("right", [])
        return frozenset(int(one) for one in posted if str(one).isdecimal() and len(str(one)) < 3)

    @property
    def says_true(self) -> bool | None:
        """Tell what a statement is marked as; None: nothing yet."""
        ticked = self._ticked_now()
        return None if not ticked else TRUE in ticked

    def content(self) -> Content:
        """Return the question as it was typed; only after is_valid()."""
        stem = self._piece("stem", "stem_picture")
        if self.kind is Kind.TRUE_FALSE:
            return Content(self.kind, stem, right=tuple(sorted(self._ticked_now() & {TRUE, FALSE})))
        if self.kind is Kind.FILL:
            return Content(self.kind, stem, accepted=self._accepted())
        options = {place: self._piece(f"option_{place}", f"option_picture_{place}") for place in range(self.count)}
        kept = [place for place in options if options[place] != Piece()]
        if self.kind is Kind.MATCHING:
            return self._matching(stem, options, kept)
        right = (
            () if self.kind is Kind.ORDERING else tuple(kept.index(one) for one in kept if one in self._ticked_now())
        )
        return Content(self.kind, stem, tuple(options[place] for place in kept), right=right)

    def _accepted(self) -> tuple[Accepted, ...]:
        """Return what was typed; a line that stood there already is still what it was, a number or words."""
        lines = filter(None, map(tidy, self.cleaned_data["accepted"].splitlines()))
        return tuple(dict.fromkeys(self._kept_accepted.get(line) or _accepted(line) for line in lines))

    def _matching(self, stem: Piece, options: dict[int, Piece], kept: list[int]) -> Content:
        partners = {place: self._piece(f"partner_{place}", f"partner_picture_{place}") for place in range(self.count)}
        there = [place for place in partners if partners[place] != Piece()]
        right = tuple(there.index(place) for place in kept if place in there)
        left, across = (options[place] for place in kept), (partners[place] for place in there)
        return Content(self.kind, stem, tuple(left), tuple(across), right)

    def _piece(self, text: str, picture: str) -> Piece:
        chosen = self.cleaned_data.get(picture)
        return Piece(tidy(self.cleaned_data.get(text) or ""), chosen.pk if chosen else None)

    def written(self) -> Written:
        """Return the version that was typed; only after is_valid()."""
        texts = {name: tidy(self.cleaned_data[name]) for name in ("explanation", "source_words", "source_link", "note")}
        return Written(self.content(), **texts)

    def filed(self) -> Filed:
        """Return where it was put; only after is_valid()."""
        cleaned = self.cleaned_data
        typed = "tags" in self.changed_data  # else a tag of two words stays one
        tags = tuple(filter(None, re.split(r"[\s,，、;；]+", cleaned["tags"]))) if typed else self._kept_tags
        return Filed(cleaned["topic"], cleaned["difficulty"], tags)


def _initial(question: Question | None, version: QuestionVersion | None) -> dict[str, Any]:
    if question is None or version is None:
        return {}
    shown = version.whole
    return {
        "stem": shown.stem.text,
        "stem_picture": shown.stem.picture,
        "accepted": "\n".join(accepted_words(one) for one in shown.accepted),
        "explanation": version.explanation,
        "source_words": version.source_words,
        "source_link": version.source_link,
        "topic": question.topic_id,
        "difficulty": question.difficulty,
        "tags": " ".join(question.tags),
    }


def _ticked(shown: Content | None) -> frozenset[int]:
    return frozenset(shown.right) if shown and shown.kind is not Kind.MATCHING else frozenset()


def _partners_in_rows(shown: Content) -> tuple[Piece, ...]:
    """Return each partner in the row of its option, and those without an option below."""
    own = [shown.partners[place] for place in shown.right]
    return (*own, *(piece for place, piece in enumerate(shown.partners) if place not in shown.right))


def _accepted(line: str) -> Accepted:
    parts = _NUMBER.fullmatch(line)
    number = number_in(parts[1]) if parts else None
    tolerance = number_in(parts[2]) if parts else None
    if number is None or tolerance is None:
        return Accepted(line)
    return Accepted(number=number, tolerance=Decimal(tolerance))
