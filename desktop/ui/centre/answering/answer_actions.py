"""Taking files of answers and settling what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.orders.sending.answer import QueuedAnswer
from desktop.domain.progress import Progress
from desktop.services.orders.answers.answer_queue import set_answer_aside
from desktop.services.orders.answers.take_answers import AnswerFile, TakenAnswers
from desktop.services.session import Session
from desktop.ui.centre.answering.answer_card import trouble_text
from desktop.ui.centre.answering.assigning import Assigning, ReadParts
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.form_dialog import Form, FormText, Input
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.error_texts import words_of
from desktop.ui.shared.widgets.input.file_chooser import choose_files
from desktop.ui.shared.widgets.pages.banner import Banner

_OF_READERS: Final = "statement."
"""Errors of readers that serve victims too: whom to ask for another copy is said here."""


def tell(kit: Kit, banner: Banner, files: Sequence[AnswerFile]) -> None:
    """Every file that could not be read is named; what the others brought is told all the same."""
    results = [item.taken for item in files if item.taken is not None]
    unread = [item for item in files if item.error is not None]
    waits = any(
        result.queued or result.waiting or result.stray or result.hops or result.unread
        for result in results
    )
    tone = Tone.BAD if unread else Tone.WARN if waits else Tone.OK

    def lines() -> list[str]:
        counts = [_counts(kit, results)] if results else []
        return [*counts, *(_unread(kit, item) for item in unread), *_next(kit, results)]

    banner.show_lines(tone, lines)


def _counts(kit: Kit, results: Iterable[TakenAnswers]) -> str:
    done = list(results)
    return kit.texts.text(
        "centre.answers.taken",
        taken=sum(result.taken for result in done),
        already=sum(result.already for result in done),
        queued=sum(result.queued for result in done),
        blank=sum(result.blank for result in done),
    )


def _unread(kit: Kit, item: AnswerFile) -> str:
    if item.error is None:
        return ""
    error = words_of(kit, item.error)
    again = item.error.code.startswith(_OF_READERS)
    do = kit.texts.text("centre.answers.resend") if again else error.do
    return kit.texts.text("centre.answers.unread", name=item.name, what=error.what, do=do)


def _next(kit: Kit, results: Sequence[TakenAnswers]) -> list[str]:
    """What waits still, money that went on, next payments that fit no answer, and what nobody read."""
    counts = {
        "waiting": sum(result.waiting for result in results),
        "hops": sum(result.hops for result in results),
        "stray": sum(result.stray for result in results),
    }
    lines = [
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
    rounded = [number for result in results for number in result.rounded]
    if rounded:
        lines.append(kit.texts.text("centre.answers.rounded", orders=comma.join(rounded)))
    return [*lines, *unread]


_PATTERNS = ("*.xlsx", "*.xls", "*.csv")


TakeFiles = Callable[[Session, tuple[Path, ...], Progress], tuple[AnswerFile, ...]]


class AnswerActions(DialogActions):
    """``changed`` after an answer was taken or settled."""

    def __init__(
        self, kit: Kit, session: Session, page: QWidget,
        signs: tuple[OneWork, Banner], take: TakeFiles, parts: ReadParts,
    ) -> None:  # fmt: skip
        super().__init__(kit, page)
        self._session = session
        self._take_files = take
        self._work, self._banner = signs
        self.failed.connect(self._banner.show_error)
        self._assigning = Assigning(kit, session, page, parts)
        self._assigning.changed.connect(self.changed)
        self._assigning.set_aside.connect(self.set_aside)
        self._assigning.failed.connect(self._banner.show_error)

    def choose(self) -> None:
        """Ask for files."""
        self._banner.clear()
        choose_files(
            self._kit, self._window, "centre.answers.choose", self.take, patterns=_PATTERNS
        )

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take these files."""
        work = partial(self._take_files, self._session, paths)
        self._work.start("centre.answers.taking", work, self._taken, self._banner.show_error)

    def assign(self, item: QueuedAnswer) -> None:
        """Ask to which order it belongs; what it names already stands there."""
        self._assigning.ask(item)

    def set_aside(self, item: QueuedAnswer) -> None:
        """Ask why."""
        rows = (
            FormText(text=trouble_text(self._kit, item)),
            Input("field", "centre.answers.aside_field", needed=True),
            FormText("centre.answers.aside_note", role="small"),
        )
        form = Form("aside", "centre.answers.aside_title", "centre.answers.aside_accept", rows)
        self._ask_form(
            form, lambda filled: set_answer_aside(self._session, item.key, filled["field"]), ""
        )

    def _taken(self, files: tuple[AnswerFile, ...]) -> None:
        tell(self._kit, self._banner, files)
        self.changed.emit()
