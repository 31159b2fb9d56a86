"""What the newsroom keeps about a reader: comments and likes. Both go when the account is closed."""

from django.utils.translation import gettext as _

from fenjin.kit.scope import Reason, every_space
from fenjin.kit.wording import record_time
from fenjin.newsroom import services
from fenjin.newsroom.models import Article, Comment
from fenjin.newsroom.selectors.talk import own_likes, own_words
from fenjin.people.register import Fate, Sheet, Subject


def collect(subject: Subject) -> list[Sheet]:
    """Return the comments and likes of a person."""
    words, likes = own_words(subject.person_id), own_likes(subject.person_id)
    with every_space(Reason.OWN_ROWS):
        ids = {row[0] for row in words} | {row[0] for row in likes}
        titles = dict(Article.objects.filter(pk__in=ids).values_list("pk", "title"))
    states = dict(Comment.State.choices)
    return [
        Sheet(
            key="comments",
            title=_("Comments you wrote"),
            columns=(_("Article"), _("Comment"), _("State"), _("Written")),
            rows=tuple(
                (titles.get(article, ""), text, str(states[state]), record_time(at))
                for article, text, state, at in words
            ),
            source=_("written by yourself; your name stands beside them"),
            until=_("until you take them back, or the account is closed"),
        ),
        Sheet(
            key="likes",
            title=_("Articles you like"),
            columns=(_("Article"), _("Liked on")),
            rows=tuple((titles.get(article, ""), record_time(at)) for article, at in likes),
            source=_("noted when you press Like; others see only how many"),
            until=_("until you take them back, or the account is closed"),
        ),
    ]


def fates(subject: Subject) -> list[Fate]:
    """Tell that both go."""
    return [Fate(sheet.title, len(sheet.rows), goes=True) for sheet in collect(subject) if sheet.rows]


def erase(subject: Subject) -> dict[str, int]:
    """Delete the words of all comments, and all likes."""
    return {
        "comments": services.forget_comments(subject.person_id),
        "likes": services.forget_likes(subject.person_id),
    }
