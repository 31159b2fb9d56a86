"""Reads of quiz: the bank, one question with its versions, what waits for review, what is alike."""

from fenjin.quiz.selectors.bank import (
    Filter,
    Page,
    count_states,
    list_questions,
    list_topics,
    questions_to_export,
    topic_counts,
)
from fenjin.quiz.selectors.duplicates import Double, bank_of, find_doubles, known_wordings
from fenjin.quiz.selectors.question import (
    get_question,
    get_topic,
    get_version,
    list_versions,
    pictures_of,
)
from fenjin.quiz.selectors.review import count_waiting, list_to_review, waiting_among

__all__ = [
    "Double",
    "Filter",
    "Page",
    "bank_of",
    "count_states",
    "count_waiting",
    "find_doubles",
    "get_question",
    "get_topic",
    "get_version",
    "known_wordings",
    "list_questions",
    "list_to_review",
    "list_topics",
    "list_versions",
    "pictures_of",
    "questions_to_export",
    "topic_counts",
    "waiting_among",
]
