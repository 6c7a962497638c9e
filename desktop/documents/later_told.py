"""What was told after the report, in the words of papers."""

from __future__ import annotations

from desktop.documents.form_texts import FormTexts
from desktop.domain.case_file.supplement_papers import heard_later, supplement_of
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.supplement import Supplement


def story_with_later(file: CaseFile, words: FormTexts) -> str:
    """The story as it was first told, then everything told since with when and by whom: what a report rests on."""
    lines = [_line(item, words) for item in file.supplements if item.text]
    return "\n".join(part for part in (file.case.narrative, *lines) if part)


def occasion(file: CaseFile, about: str) -> str:
    """Which hearing a statement records (第…次): the first, or one more for each time the person told more."""
    one = supplement_of(file, about)
    later = heard_later(file)
    return str(later.index(one) + 2) if one in later else "1" if one is None else ""


def _line(item: Supplement, words: FormTexts) -> str:
    return words.text(
        "phrase.later",
        time=words.minute(item.told_at),
        source=words.text(f"phrase.source.{item.source.value}"),
        text=item.text,
    )
