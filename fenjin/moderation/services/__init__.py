"""Writes of moderation: bringing a text, looking at it, answering, appeals, words and rules."""

from fenjin.moderation.services.appeals import appeal, decide_appeal, note_seen
from fenjin.moderation.services.bringing import Outcome, bring, report, take_back
from fenjin.moderation.services.deciding import answer_case, claim_case, decide_case, undo_decision
from fenjin.moderation.services.wording import add_words, remove_word, set_rule

__all__ = [
    "Outcome",
    "add_words",
    "answer_case",
    "appeal",
    "bring",
    "claim_case",
    "decide_appeal",
    "decide_case",
    "note_seen",
    "remove_word",
    "report",
    "set_rule",
    "take_back",
    "undo_decision",
]
