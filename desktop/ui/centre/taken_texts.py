"""What became of the files of answers a person chose, in words: what was taken, what was not, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from desktop.services.orders.take_answers import TakenAnswers
from desktop.ui.centre.batch_port import AnsweredFile
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.error_texts import words_of
from desktop.ui.shared.widgets.banner import Banner

_OF_READERS: Final = "statement."
"""Errors of readers that serve victims too: whom to ask for another copy is said here."""


def tell(kit: Kit, banner: Banner, files: Sequence[AnsweredFile]) -> None:
    """Every file that could not be read is named; what the others brought is told all the same."""
    results = [item.taken for item in files if item.taken is not None]
    unread = [_unread(kit, item) for item in files if item.error is not None]
    lines = [*([_counts(kit, results)] if results else []), *unread, *_next(kit, results)]
    waits = any(
        result.queued or result.waiting or result.stray or result.hops or result.unread
        for result in results
    )
    tone = Tone.BAD if unread else Tone.WARN if waits else Tone.OK
    banner.show_text(tone, lines[0] if lines else "", "\n".join(lines[1:]))


def _counts(kit: Kit, results: Iterable[TakenAnswers]) -> str:
    done = list(results)
    return kit.texts.text(
        "centre.answers.taken",
        taken=sum(result.taken for result in done),
        already=sum(result.already for result in done),
        queued=sum(result.queued for result in done),
        blank=sum(result.blank for result in done),
    )


def _unread(kit: Kit, item: AnsweredFile) -> str:
    if item.error is None:
        return ""
    said = words_of(kit, item.error)
    again = item.error.code.startswith(_OF_READERS)
    do = kit.texts.text("centre.answers.resend") if again else said.do
    return kit.texts.text("centre.answers.unread", name=item.name, what=said.what, do=do)


def _next(kit: Kit, results: Sequence[TakenAnswers]) -> list[str]:
    """What waits still, money that went on, next payments that fit no answer, and what nobody read."""
    counts = {
        "waiting": sum(result.waiting for result in results),
        "hops": sum(result.hops for result in results),
        "stray": sum(result.stray for result in results),
    }
    said = [
        kit.texts.text(f"centre.answers.{name}", count=count)
        for name, count in counts.items()
        if count
    ]
    comma = kit.texts.text("centre.comma")
    unread = (
        kit.texts.text(
            "centre.answers.columns", name=result.file, columns=comma.join(result.unread)
        )
        for result in results
        if result.unread
    )
    return [*said, *unread]
