"""Reads of the organisation tree: subtree, ancestors and head count are one indexed query each."""

from django.db.models import Exists, Func, IntegerField, OuterRef, Q, QuerySet, Subquery

from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space
from fenjin.people.models import Post, Unit


def get_unit(unit_id: int) -> Unit:
    """Return a unit in scope; raises NotFound."""
    unit: Unit | None = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    return unit


def list_roots() -> QuerySet[Unit]:
    """Return the open units without a parent, in scope."""
    return listing(Unit.objects.filter(parent__isnull=True, closed_on__isnull=True).order_by("lft"))


def list_children(unit_id: int) -> QuerySet[Unit]:
    """Return the open units directly below, in scope, in the order of the tree."""
    return listing(Unit.objects.filter(parent=unit_id, closed_on__isnull=True).order_by("lft"))


def list_subtree(unit_id: int) -> QuerySet[Unit]:
    """Return the unit and all open units below it, in scope, parents before children."""
    # By position, not by path: a GIN index that has just taken many rows is slow until it is tidied.
    top = Unit._base_manager.filter(pk=unit_id)
    inside = Unit.objects.filter(lft__gte=Subquery(top.values("lft")), lft__lte=Subquery(top.values("rgt")))
    return listing(inside.filter(closed_on__isnull=True).order_by("lft"))


def list_ancestors(unit_id: int) -> list[Unit]:
    """Return the units above, from the top down to the unit itself.

    Their names are the path everybody reads on a post, so they are not cut to a space.
    """
    unit_path = Unit._base_manager.filter(pk=unit_id).annotate(above=Func("path", function="unnest")).values("above")
    with every_space(Reason.TREE):
        return list(listing(Unit.objects.filter(pk__in=unit_path).order_by("depth")))


def count_people(unit_id: int) -> int:
    """Return how many different people hold a current post in the unit or below it, in scope."""
    unit = Unit._base_manager.filter(pk=unit_id)
    posts = Post.objects.filter(
        ended_on__isnull=True, pos__gte=Subquery(unit.values("lft")), pos__lte=Subquery(unit.values("rgt"))
    )
    return posts.values("person").distinct().count()  # cheaper than count(DISTINCT), which sorts


def count_people_below(unit_id: int) -> dict[int, int]:
    """Return the head count of each open unit directly below, in scope, in one query.

    Posts are counted, which is one walk along an index, less those by which somebody would count twice: few people
    have more than one post, and `post_current_beside` finds them.
    """
    inside = Post.objects.filter(ended_on__isnull=True, pos__gte=OuterRef("lft"), pos__lte=OuterRef("rgt"))
    top = {"pos__gte": OuterRef(OuterRef("lft")), "pos__lte": OuterRef(OuterRef("rgt"))}
    others = Post.objects.filter(Q(main=True) | Q(pk__lt=OuterRef("pk")), person=OuterRef("person"), **top)
    again = inside.filter(Exists(others.filter(ended_on__isnull=True)), main=False)
    children = Unit.objects.filter(parent=unit_id, closed_on__isnull=True)
    counted = children.annotate(held=_how_many(inside), again=_how_many(again))
    return {unit: held - more for unit, held, more in counted.values_list("pk", "held", "again")}


class _HowMany(Subquery):
    """The number of rows as a column, without grouping: so an index that has what is asked for is enough."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def _how_many(posts: QuerySet[Post]) -> Subquery:
    return _HowMany(posts.order_by().values("pos"))
