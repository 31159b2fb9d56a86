"""How good a password is: guessed by a library that knows what people choose, and what is near to this one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from zxcvbn_rs_py import zxcvbn

from fenjin.people.selectors.near_words import words_near

SHORTEST: Final = 10  # a Chinese character counts as two signs
GOOD_ENOUGH: Final = 3  # of 4: more than 100 million guesses
# Longer ones are good by their length; to look at all of one would only cost time.
_LOOKED_AT: Final = 72
# What Chinese users choose before anything else and English lists do not know.
_COMMON: Final = (
    "woaini",
    "aini",
    "iloveyou",
    "5201314",
    "521",
    "1314",
    "520",
    "3344",
    "7758521",
    "7758258",
    "mima",
    "password",
    "admin",
    "zhongguo",
    "china",
    "beijing",
    "shanghai",
    "gongsi",
    "jituan",
    "shiyou",
    "shihua",
    "yuangong",
    "qiye",
    "weixin",
    "wechat",
    "fenjin",
    "tiantian",
    "baobao",
    "laopo",
    "laogong",
    "shengri",
    "kuaile",
    "xinnian",
    "facai",
    "gongxi",
    "668899",
    "888888",
    "666666",
    "147258",
    "a123456",
    "q1w2e3",
    "qazwsx",
    "asdasd",
    "zxcvbn",
    "qweasd",
)


@dataclass(frozen=True, slots=True)
class Strength:
    """How many of four steps a password reaches, and what would help."""

    score: int
    advice: Any

    @property
    def enough(self) -> bool:
        """Whether the password may be used."""
        return self.score >= GOOD_ENOUGH


def strength_of(password: str, words: Iterable[str] = ()) -> Strength:
    """Return how good a password is for somebody near whom `words` are: own name, number, company."""
    if _signs(password) < SHORTEST:
        return Strength(
            min(len(password) // 5, 1), _("Too short: at least ten signs, or five Chinese characters and more.")
        )
    if password.isdigit():
        return Strength(1, _("Only digits are soon guessed. Add a few words."))
    looked_at = password[:_LOOKED_AT]
    near = [*words, *_COMMON]
    found = zxcvbn(looked_at, near)
    # The order of the steps is that of the library; its enumeration carries no numbers.
    score = ("ZERO", "ONE", "TWO", "THREE", "FOUR").index(str(found.score).rpartition(".")[2])
    if score >= GOOD_ENOUGH:
        return Strength(score, _("Very good.") if score > GOOD_ENOUGH else _("Good."))
    if any(len(word) > 1 and word.casefold() in looked_at.casefold() for word in near):
        return Strength(
            score, _("Names, numbers and words of your company are guessed first. Take a sentence of yours.")
        )
    return Strength(score, _("Too easy to guess. Four words that have nothing to do with one another are good."))


def _signs(password: str) -> int:
    return sum(2 if sign >= "\u2e80" else 1 for sign in password)


class StrongPassword:
    """Django's interface for validators over `strength_of`."""

    def validate(self, password: str, user: Any = None) -> None:
        """Do nothing for a good password; raises ValidationError with what would help."""
        found = strength_of(password, words_near(user))
        if not found.enough:
            raise ValidationError(found.advice, code="password_too_weak")

    def get_help_text(self) -> str:
        """Return the rule in one sentence."""
        return str(_("At least ten signs; a sentence of your own is best. No rules about digits or capitals."))
