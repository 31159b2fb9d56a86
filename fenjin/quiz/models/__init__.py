"""Tables of quiz."""

from fenjin.quiz.models.questions import Difficulty, KindChoice, Question, State, Topic
from fenjin.quiz.models.versions import QuestionVersion, VersionPicture

__all__ = ["Difficulty", "KindChoice", "Question", "QuestionVersion", "State", "Topic", "VersionPicture"]
