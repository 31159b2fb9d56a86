"""Finding people: by name, by number, by pinyin as one types it; always cut to the scope and its branches."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, current_scope, every_space
from fenjin.people.models import Account, ClaimCode, Person, Post, Unit
from fenjin.people.names import clean_text, name_key
from fenjin.people.selectors.accounts import spellings

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A line of a list of people."""

    person: Person
    title: str
    where: str
    has_account: bool
    code_out: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some lines of a list, without a count: counting a million people for one page is waste.

    `next` is where the next page begins, empty at the end; `first` tells whether this is the first.
    """

    rows: tuple[FoundPerson, ...]
    next: str
    first: bool

    @property
    def has_next(self) -> bool:
        """Tell whether somebody comes after these."""
        return bool(self.next)


@dataclass(frozen=True, slots=True)
class PeopleCut:
    """What a list of people is cut to; an empty part cuts nothing. `account` is claimed, code or none."""

    text: str = ""
    unit_id: int | None = None
    status: str = ""
    account: str = ""


def search_people(
    *,
    text: str = "",
    unit_id: int | None = None,
    status: str = "",
    account: str = "",
    after: str = "",
    size: int = PAGE_SIZE,
) -> PeoplePage:
    """Return people with a post in scope whose name, number or pinyin begins with `text`, by pinyin.

    With `unit_id` only those with a current post in that unit or below it; `status` and `account`
    (claimed, code, none) cut further. `after` is the `next` of the page before. Raises NotFound for a
    unit that is not in scope.
    """
    cut = PeopleCut(text, unit_id, status, account)
    found = list(_page(matching_people(cut), after, size))
    more = found[size - 1] if len(found) > size else None
    return PeoplePage(
        rows=_lines(found[:size]), next=f"{more.pk}~{more.name_key}" if more is not None else "", first=not after
    )


def _page(people: QuerySet[Person], after: str, size: int) -> QuerySet[Person]:
    """Cut to what follows `after`, by the same index that orders: the last page costs what the first one does."""
    number, _mark, key = after.partition("~")
    if number.isdigit() and len(number) < 19:
        people = people.filter(name_key__gte=key).exclude(name_key=key, pk__lte=int(number))
    return people.order_by("name_key", "pk")[: size + 1]


def get_person_for_staff(person_id: int) -> Person:
    """Return a person who has or had a post in scope; raises NotFound."""
    person = _in_scope().filter(pk=person_id).select_related("numbering").first()
    if person is None:
        raise NotFound
    return person


def find_person(person_id: int) -> Person:
    """Return a person whatever the scope, for services that ask their own questions; raises NotFound."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person


def persons_by_id(ids: set[int]) -> dict[int, Person]:
    """Return persons by id, whatever the scope: who calls it has asked whether they may be shown."""
    return {person.pk: person for person in Person.objects.filter(pk__in=ids)}


def posts_of(person_id: int) -> list[Post]:
    """Return the posts of a person in scope, current ones first, the main one on top."""
    rows = Post.objects.filter(person=person_id).select_related("unit")
    return sorted(
        listing(rows), key=lambda post: (post.ended_on is not None, not post.main, -post.started_on.toordinal())
    )


def unit_paths(unit_ids: set[int], *, skip: int = 1) -> dict[int, str]:
    """Return "company / department / team" for units, without the first `skip` levels, in two queries.

    The names on the way up are the path everybody reads on a post, so they are not cut to a space.
    """
    with every_space(Reason.TREE):
        paths = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "path"))
        wanted = {step for path in paths.values() for step in path}
        names = dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {
        unit: " / ".join(names.get(step, "") for step in (path[skip:] if len(path) > skip else path))
        for unit, path in paths.items()
    }


def _in_scope() -> QuerySet[Person]:
    """Return the people in scope; where somebody deals with branches alone, those of the branches."""
    posts, cut = Post.objects.filter(person=OuterRef("pk")), current_scope().branches
    if cut:
        inside = Q(unit__path__overlap=[unit for _space, unit in cut])
        posts = posts.filter(inside | ~Q(space__in={space for space, _unit in cut}))
    return Person.objects.filter(Exists(posts))


def matching_people(cut: PeopleCut) -> QuerySet[Person]:
    """Return the people in scope that a cut leaves, unordered; raises NotFound for a unit out of scope."""
    people = _in_scope()
    if cut.unit_id is not None:
        unit = Unit.objects.filter(pk=cut.unit_id).first()
        if unit is None:
            raise NotFound
        inside = Post.objects.filter(person=OuterRef("pk"), ended_on__isnull=True, pos__range=(unit.lft, unit.rgt))
        people = people.filter(Exists(inside))
    if cut.status:
        people = people.filter(status=cut.status)
    people = _with_account(people, cut.account)
    text = clean_text(cut.text)[:80]
    if not text:
        return people
    quick = _begins(text)
    # Who is called so from the first letter on stands together in an index; all others are looked for
    # only when nobody is.
    if quick is not None and people.filter(quick).exists():
        return people.filter(quick)
    return people.filter(_typed(text))


def _with_account(people: QuerySet[Person], account: str) -> QuerySet[Person]:
    """Cut to those who can sign in, who hold a code that is out, or who have neither."""
    # Django writes an unusable password with this mark in front.
    claimed = Exists(Account.objects.filter(person=OuterRef("pk")).exclude(password__startswith="!"))  # noqa: S106
    code = Exists(ClaimCode.objects.filter(person=OuterRef("pk"), used_at__isnull=True, revoked_at__isnull=True))
    cuts = {"claimed": Q(claimed), "code": ~Q(claimed) & Q(code), "none": ~Q(claimed) & ~Q(code)}
    return people.filter(cuts[account]) if account in cuts else people


def _begins(text: str) -> Q | None:
    """Return the condition for a Chinese name from its first character on, by the order of pinyin; else None."""
    if text.isascii() or any(character.isdigit() for character in text):
        return None
    sound = name_key(text).rpartition(" ")[0]
    return Q(name_key__startswith=sound, name__startswith=text) if sound else None


def _typed(text: str) -> Q:
    """Return the condition for what somebody types: 张, 10023, zhang, zhang w or zw."""
    if any(character.isdigit() for character in text):
        return Q(staff_number__startswith=text) | Q(staff_number__in=spellings(text))
    if text.isascii():
        sound = " ".join(text.lower().split())
        # Pinyin comes as whole words or run together; the initials are the last word of the key.
        together = r"\m" + " ?".join(sound.replace(" ", "")) if len(sound) > 2 else None
        found = Q(name_key__startswith=sound) | Q(name_key__endswith=f" {sound.replace(' ', '')}")
        found |= Q(name__icontains=text) | Q(staff_number__istartswith=text)
        return found | Q(name_key__regex=f"^{together[2:]}") if together and sound.isalnum() else found
    return Q(name__contains=text)


def _lines(people: list[Person]) -> tuple[FoundPerson, ...]:
    ids = [person.pk for person in people]
    posts = Post.objects.filter(person__in=ids, ended_on__isnull=True).order_by("main", "-pk")
    main = {person: (unit, title) for person, unit, title in posts.values_list("person_id", "unit_id", "title")}
    where = unit_paths({unit for unit, _title in main.values()})
    accounts = {
        account.person_id for account in Account.objects.filter(person__in=ids) if account.has_usable_password()
    }
    codes = ClaimCode.objects.filter(person__in=ids, used_at__isnull=True, revoked_at__isnull=True)
    out = set(codes.values_list("person_id", flat=True))
    return tuple(
        FoundPerson(
            person=person,
            title=main[person.pk][1] if person.pk in main else "",
            where=where.get(main[person.pk][0], "") if person.pk in main else "",
            has_account=person.pk in accounts,
            code_out=person.pk in out,
        )
        for person in people
    )
