"""Everything that is found in a draft, and the figures beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from fenjin.newsroom.advice import reading, taking_in
from fenjin.newsroom.advice.draft import Draft, Finding, Level
from fenjin.newsroom.blocks import words_of
from fenjin.newsroom.page.article import seconds_to_read

LONGEST_TITLE: Final = 30


@dataclass(frozen=True, slots=True)
class Report:
    """What to look at, the more important first, and figures of the text."""

    findings: tuple[Finding, ...]
    characters: int  # words in English
    sentence: int  # average length of a sentence, in the same measure
    seconds: int  # to read it
    english: bool

    @property
    def shut_out(self) -> dict[str, list[Finding]]:
        """Return what shuts somebody out, by sentence."""
        return self._by_sentence(Level.SHUT_OUT)

    @property
    def better(self) -> dict[str, list[Finding]]:
        """Return what would be easier to read, by sentence."""
        return self._by_sentence(Level.BETTER)

    def _by_sentence(self, level: Level) -> dict[str, list[Finding]]:
        grouped: dict[str, list[Finding]] = {}
        for finding in self.findings:
            if finding.level is level:
                grouped.setdefault(str(finding.sentence), []).append(finding)
        return grouped


def advise(draft: Draft) -> Report:
    """Return what an editor should look at in a draft. Nothing of it stops a publication."""
    text = words_of(draft.body)
    parts = reading.sentences(text)
    characters = reading.length_of(text, english=draft.english)
    return Report(
        findings=(*_head(draft), *taking_in.find(draft), *reading.find_in_body(draft)),
        characters=characters,
        sentence=round(characters / len(parts)) if parts else 0,
        seconds=seconds_to_read(f"{draft.lead}\n{text}"),
        english=draft.english,
    )


def _head(draft: Draft) -> Iterator[Finding]:
    """Yield what is to be said about title and lead."""
    if not draft.english and len(draft.title) > LONGEST_TITLE:
        yield Finding(Level.BETTER, _("A long title: up to 30 characters fit two lines on a phone."), draft.title)
    if draft.title.endswith(("。", ".", "；")):
        yield Finding(Level.BETTER, _("A title has no full stop."), draft.title)
    if draft.title.startswith("关于") and draft.title.endswith(("通知", "公告", "函", "意见", "报告")):
        yield Finding(Level.BETTER, _("Say the news in the title, not what kind of paper it is."), draft.title)
    if draft.title and words_of(draft.body):
        if not draft.lead.strip():
            yield Finding(Level.BETTER, _("No lead yet: one sentence that says what it is about stands in every list."))
        elif draft.lead.strip() == draft.title.strip():
            yield Finding(Level.BETTER, _("The lead repeats the title: say what happens, and for whom."), draft.lead)
    yield from reading.find_in_words(f"{draft.title}\n{draft.lead}", None, set(), english=draft.english)
