"""Words that somebody would try first to guess the password of a person."""

from typing import Any

from fenjin.people.models import Account, Person, Post, Unit
from fenjin.people.names import name_key


def words_near(account: Account | Any) -> list[str]:
    """Return name, pinyin, numbers and the names of the units above an account, in three queries at most."""
    if account is None:
        return []
    person: Person | None = account.person
    if person is None:
        return [str(account.operator_name or "")]
    return [*_spellings(person.name), *_numbers(person.staff_number), *_units(person)]


def _spellings(name: str) -> list[str]:
    *sounds, initials = name_key(name).split() or [""]
    family, given = sounds[:1], sounds[1:]
    together = ["".join(sounds), "".join([*given, *family]), "".join(given), initials]
    return [word for word in {name, *sounds, *together} if len(word) > 1]


def _numbers(number: str) -> list[str]:
    return [part for part in {number, number.lstrip("0"), "".join(c for c in number if c.isdigit())} if len(part) > 2]


def _units(person: Person) -> list[str]:
    held = Post._base_manager.filter(person=person.pk, ended_on__isnull=True).select_related("unit")
    above = {step for post in held for step in post.unit.path}
    found: list[str] = []
    for name, english in Unit._base_manager.filter(pk__in=above).values_list("name", "name_en"):
        found += [*_spellings(name), *english.lower().split()]
        # 启明集团 is called 启明, and so is its password: qiming.
        found += _spellings(name[:2]) if len(name) > 3 else []
    return found
