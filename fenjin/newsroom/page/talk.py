"""What stands under an article: the like, the first comments, the field, and the rule under which one writes."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fenjin.kit.components import Avatar, Notice
from fenjin.kit.ids import client_key
from fenjin.kit.wording import friendly_time
from fenjin.moderation.selectors.rules import RuleInForce, rule_of
from fenjin.newsroom.models import Article, Comment
from fenjin.newsroom.selectors.talk import Comments, Counted, Said, counted, list_comments

FIRST = 3  # comments under the article itself


@dataclass(frozen=True, slots=True)
class Line:
    """One comment as it is drawn."""

    said: Said
    avatar: Avatar
    when: str
    notice: Notice | None  # to its author, while it is not shown
    take_back: str
    report: str
    case: str

    @property
    def comment(self) -> Comment:
        """Return the row."""
        return self.said.comment


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything that newsroom/talk.html draws."""

    article: Article
    counted: Counted
    lines: tuple[Line, ...]
    older: str
    open: bool
    rule: str
    client_key: str
    text: str = ""
    error: str = ""


def talk_of(article: Article, person_id: int) -> Talk:
    """Return what stands under an article, with the first comments; in six questions whatever there is."""
    figures = counted(article, person_id)
    found = list_comments(article, person_id, size=FIRST)
    return _talk(article, figures, found)


def all_talk(article: Article, person_id: int, *, before: int | None, text: str = "", error: str = "") -> Talk:
    """Return the page of all comments, from a cursor on; with what was typed and why it was not taken."""
    found = list_comments(article, person_id, before=before)
    return _talk(article, counted(article, person_id), found, text=text, error=error)


def _talk(article: Article, figures: Counted, found: Comments, text: str = "", error: str = "") -> Talk:
    rule = rule_of(article.space_id)
    here = reverse("newsroom:comments", args=[article.pk])
    return Talk(
        article=article,
        counted=figures,
        lines=tuple(_line(article, said) for said in found.rows),
        older=f"{here}?before={found.next}" if found.next else "",
        open=rule.is_open,
        rule=rule_words(rule),
        client_key=client_key(None),
        text=text,
        error=error,
    )


def rule_words(rule: RuleInForce) -> str:
    """Return the rule in the reader's words: nobody writes under a rule that is not said."""
    words = {
        "closed": _("Comments are closed here."),
        "all": _("Your name stands beside it. Somebody looks at each comment first."),
        "newcomers": _(
            "Your name stands beside it. Somebody looks at your first three comments; criticism is welcome."
        ),
        "words": _("Your name stands beside it. It stands at once, unless a word needs a look; criticism is welcome."),
        "after": _("Your name stands beside it. It stands at once; criticism is welcome."),
    }
    return words[rule.mode]


def _line(article: Article, said: Said) -> Line:
    keys = [article.pk, said.comment.comment_id]
    shown = said.comment.state == Comment.State.SHOWN
    return Line(
        said=said,
        avatar=Avatar(said.name),
        when=friendly_time(said.comment.written_at),
        notice=None if shown else _notice(said.comment),
        take_back=reverse("newsroom:comment_take_back", args=keys) if said.own else "",
        report="" if said.own else reverse("newsroom:comment_report", args=keys),
        case=reverse("moderation:own_case", args=[said.case_id]) if said.case_id and not shown else "",
    )


def _notice(comment: Comment) -> Notice:
    if comment.state == Comment.State.HELD:
        return Notice(_("Waits until somebody has looked at it. Only you see it."), tone="due", icon="clock")
    return Notice(_("Not shown to others. Read why, and appeal if you do not agree."), tone="bad")
