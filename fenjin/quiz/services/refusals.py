"""Why something cannot be done with a question."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal
from fenjin.kit.wording import gap
from fenjin.quiz.kinds import Fault


class Faulty(Refusal):
    """The question cannot be asked as it stands; `faults` say why."""

    code = "faulty_question"
    status = 422
    sentence = _("This question cannot be asked as it stands.")

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(gap().join(fault.words for fault in self.faults))


class ForeignPicture(Refusal):
    """The question names a picture that is not of its space, or was withdrawn."""

    code = "foreign_picture"
    status = 422
    sentence = _("One of the pictures is not there for this sub-platform. Choose another one.")


class NoSuchTopic(Refusal):
    """The topic is not one of the bank."""

    code = "no_such_topic"
    status = 422
    sentence = _("This topic is not in the bank. Choose another one, or add it under Topics.")


class BadSource(Refusal):
    """The address of the source is neither of an article here nor one that begins with https."""

    code = "bad_source"
    status = 422
    sentence = _("The source is an address that begins with https://, or an article here, such as /news/12/.")


class BadTags(Refusal):
    """Too many tags, or too long ones."""

    code = "bad_tags"
    status = 422
    sentence = _("At most six tags of at most 12 characters.")


class TooLong(Refusal):
    """The explanation or another text is too long."""

    code = "too_long"
    status = 422
    sentence = _("The explanation may have 1,000 characters, source and note 300.")


class ChangedMeanwhile(Refusal):
    """There is a newer version than the one that was looked at."""

    code = "question_changed"
    sentence = _("Somebody has changed the question meanwhile. Look at it again.")


class NotWaiting(Refusal):
    """The question is not in review."""

    code = "not_in_review"
    sentence = _("This question is not in review any more.")


class NothingToSend(Refusal):
    """The newest version is in review, approved, or was sent back and not changed since."""

    code = "nothing_to_send"
    sentence = _("There is nothing new to look at. Change the question first.")


class OwnWords(Refusal):
    """Nobody approves what they wrote."""

    code = "own_question"
    sentence = _("You wrote this version. Somebody else approves it.")


class SayWhy(Refusal):
    """Sent back without words."""

    code = "say_why"
    status = 422
    sentence = _("Say in a few words what is to be changed.")


class IsRetired(Refusal):
    """A retired question is brought back before anything else."""

    code = "question_retired"
    sentence = _("This question is retired. Bring it back first.")


class NotRetired(Refusal):
    """Only a retired question is brought back."""

    code = "question_not_retired"
    sentence = _("This question is not retired.")


class TopicTaken(Refusal):
    """Two topics of a bank would be called the same."""

    code = "topic_taken"
    status = 422
    sentence = _("There is a topic of this name already.")


class TopicInUse(Refusal):
    """A topic with questions is not deleted."""

    code = "topic_in_use"
    sentence = _("There are questions under this topic. Move them to another one first.")


class TooManyAtOnce(Refusal):
    """More at once than somebody can have read."""

    code = "too_many_at_once"
    status = 422
    sentence = _("At most 100 questions at once.")
