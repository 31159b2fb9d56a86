"""Why one person is meant: only that part of a rule which the person's own post meets, in words."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from fenjin.audiences.rules import Condition, PlacedPost, Rule
from fenjin.audiences.rules.conditions import HasStatus, HasTitle, InSpace, InZone, Reads, TitleHolds
from fenjin.audiences.selectors.described import names_for
from fenjin.audiences.selectors.living import placed_posts
from fenjin.audiences.selectors.meant import today
from fenjin.audiences.wording import sentence
from fenjin.kit.scope import Reason, every_space
from fenjin.people.selectors.own import unit_titles

_ONE_OF = (InSpace, HasTitle, TitleHolds, HasStatus, InZone, Reads)


def met_by(rule: Rule, person_id: int, unit_id: int | None = None) -> str:
    """Return the part of a rule that a person meets today, as a sentence; empty if no post of today meets it.

    Of several posts the one in `unit_id` is explained. Nothing is said of what others meet: neither the other
    units, posts and zones that a rule names, nor who is left out, nor what a list of staff numbers is called.
    """
    on = today()
    posts = [post for post in placed_posts([person_id], rule.lists).get(person_id, []) if rule.matches(post, on)]
    if not posts:
        return ""
    post = min(posts, key=lambda one: (one.unit_id != unit_id, not one.main, one.started_on, one.post_id))
    own = _narrowed(rule, post, on)
    if not isinstance(own, Rule):
        return ""
    with every_space(Reason.OWN_ROWS):
        names = replace(
            names_for([own]),
            units=unit_titles(own.units),
            lists=dict.fromkeys(own.lists, _("named by the sender")),
        )
    return sentence(own, names)


def _narrowed(condition: Condition, post: PlacedPost, on: date) -> Condition:
    """Return a condition without what this post does not meet."""
    if isinstance(condition, Rule):
        return Rule(
            any=tuple(_narrowed(one, post, on) for one in condition.any if one.matches(post, on)),
            all=tuple(_narrowed(one, post, on) for one in condition.all),
        )
    if isinstance(condition, _ONE_OF):
        fitting = tuple(value for value in condition.values if replace(condition, values=(value,)).matches(post, on))
        return replace(condition, values=fitting)
    return condition
