"""Why moderation does not do something, in words for the one who asked."""

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal


class Closed(Refusal):
    """The rule of the space lets nobody write."""

    code = "comments_closed"
    status = 403
    sentence = _("Comments are closed here. What you want to say to us goes through the complaint door.")


class AlreadyDecided(Refusal):
    """Somebody was quicker."""

    code = "already_decided"
    sentence = _("Somebody has decided this meanwhile. Load the page again to see what.")


class OwnText(Refusal):
    """Nobody judges what they wrote themselves, or decided before."""

    code = "own_text"
    status = 403
    sentence = _("You wrote this yourself. Somebody else has to look at it.")


class OwnDecision(Refusal):
    """An appeal goes to another person."""

    code = "own_decision"
    status = 403
    sentence = _("You decided this the first time. An appeal is looked at by somebody else.")


class LookedAt(Refusal):
    """Somebody else has it on the desk."""

    code = "looked_at"
    sentence = _("Somebody else is looking at this one just now. Take the next; after 15 minutes it is free again.")


class ReasonNeeded(Refusal):
    """Nothing is taken away without a reason that the author can read."""

    code = "reason_needed"
    status = 422
    sentence = _("Choose why, and write one sentence for the author. Nothing is taken away without a reason.")


class CriticismStands(Refusal):
    """Criticism is not a violation."""

    code = "criticism_stands"
    status = 422
    sentence = _("Criticism is not a violation: show it, and it goes to those who have to answer.")


class NothingToAppeal(Refusal):
    """It is shown, or nobody has decided, or the time is over."""

    code = "nothing_to_appeal"
    sentence = _("There is no decision that you could appeal against, or the 30 days for it are over.")


class AlreadyAppealed(Refusal):
    """One appeal for one decision."""

    code = "already_appealed"
    sentence = _("You have appealed already. The answer will stand on this page.")


class NoUndo(Refusal):
    """Too late, not one's own, or appealed meanwhile."""

    code = "no_undo"
    sentence = _("A decision can be taken back for 10 minutes, by whoever made it, unless the author has appealed.")


class NotCriticism(Refusal):
    """Only criticism is answered here."""

    code = "not_criticism"
    sentence = _("Only what was found to be criticism is answered here.")


class NotLooked(Refusal):
    """No words came."""

    code = "no_words"
    status = 422
    sentence = _("Write at least one word; each stands on a line of its own and has up to 40 characters.")
