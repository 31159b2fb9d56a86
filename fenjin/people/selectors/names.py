"""Names behind ids, for the log: whatever the scope, since the log is the audit administrator's."""

from django.db.models import Q

from fenjin.people.models import Account, Installation, Person, RosterImport, Unit


def account_names(ids: set[int]) -> dict[int, str]:
    """Return the real names of persons, and of operators, by account id."""
    return {row.pk: row.get_full_name() for row in Account.objects.filter(pk__in=ids).select_related("person")}


def person_names(ids: set[int]) -> dict[int, str]:
    """Return "name number" by person id."""
    return {row.pk: str(row) for row in Person.objects.filter(pk__in=ids)}


def unit_names(ids: set[int]) -> dict[int, str]:
    """Return the names of units by id."""
    return dict(Unit._base_manager.filter(pk__in=ids).values_list("pk", "name"))


def import_names(ids: set[int]) -> dict[int, str]:
    """Return the file names of roster imports by id."""
    return dict(RosterImport.objects.filter(pk__in=ids).values_list("pk", "original_name"))


def find_accounts(text: str) -> list[int]:
    """Return the accounts whose operator's name, staff number or real name is exactly `text`; 50 at most."""
    means = Q(operator_name=text.lower()) | Q(person__staff_number=text) | Q(person__name=text)
    return list(Account.objects.filter(means).order_by("pk").values_list("pk", flat=True)[:50])


def find_persons(text: str) -> list[int]:
    """Return the persons whose staff number or real name is exactly `text`; 50 at most."""
    means = Q(staff_number=text) | Q(name=text)
    return list(Person.objects.filter(means).order_by("pk").values_list("pk", flat=True)[:50])


def installation_names(ids: set[int]) -> dict[int, str]:
    """Return the names of other systems' sign-in services by id."""
    return dict(Installation.objects.filter(pk__in=ids).values_list("pk", "name"))
