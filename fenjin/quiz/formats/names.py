"""What things are called inside files of ours, in both languages.

They are part of the format: a file written in one language is read in the other, so no catalogue may change them.
"""

from typing import Final

from django.utils.translation import get_language

from fenjin.quiz.kinds import Kind

KINDS: Final = {
    Kind.SINGLE: ("单选题", "Single choice"),
    Kind.MULTIPLE: ("多选题", "Multiple choice"),
    Kind.TRUE_FALSE: ("判断题", "True or false"),
    Kind.FILL: ("填空题", "Fill in"),
    Kind.ORDERING: ("排序题", "Ordering"),
    Kind.MATCHING: ("连线题", "Matching"),
}
DIFFICULTIES: Final = {1: ("易", "Easy"), 2: ("中", "Medium"), 3: ("难", "Hard")}
TRUTH: Final = (("对", "True"), ("错", "False"))
SHEETS: Final = (("题库", "Questions"), ("填写说明", "Guide"))
COLUMNS: Final = {
    "kind": ("题型", "Kind"),
    "stem": ("题干", "Question"),
    "option": ("选项{}", "Option {}"),
    "answer": ("答案", "Answer"),
    "explanation": ("解析", "Explanation"),
    "topic": ("知识点", "Topic"),
    "difficulty": ("难度", "Difficulty"),
    "tags": ("标签", "Tags"),
    "source": ("出处", "Source"),
    "link": ("出处链接", "Link"),
    "partner": ("配对{}", "Partner {}"),
}


def word(both: tuple[str, str]) -> str:
    """Return the word in the reader's language."""
    return both[0] if (get_language() or "").startswith("zh") else both[1]
