"""Files that steer the program: what stood there at the first sign-in, and what was changed outside since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from desktop.domain.installation.bound_files import FileChange
from desktop.domain.installation.officer import Permission
from desktop.domain.text.hidden_signs import spelled_out
from desktop.services.bound.approve_file import approve_file, trial_pages
from desktop.services.bound.check_files import restore_files
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.form_dialog import Form, FormDialog, FormText
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Label

_MOST_LINES: Final = 8
"""Of one file; the whole difference is in ``fanzha forms list``."""
_LONGEST: Final = 300


class FileCard(Card):
    """A changed file; ``header`` has room for its buttons."""

    def __init__(self, kit: Kit, change: FileChange) -> None:
        super().__init__(kit, panel="amber")
        self.change = change
        name = Label(kit, role="strong", wrap=True)
        name.set_text(spelled_out(change.path))
        self.header.insertWidget(0, name, 1)
        self.body.addWidget(_kind(kit, change.path))
        state = Label(kit, role="small", wrap=True)
        if change.reason:
            reason = kit.texts.text(f"bound_files.reason.{change.reason}")
            state.set_key("bound_files.state.unreadable", reason=reason)
        else:
            state.set_key(f"bound_files.state.{change.state.value}")
        self.body.addWidget(state)
        pairs = change.lines()
        if change.found is not None and pairs:
            self.body.addLayout(self._lines(kit, [(p.left, p.right) for p in pairs[:_MOST_LINES]]))
        if len(pairs) > _MOST_LINES and change.found is not None:
            more = Label(kit, role="small", ink="muted")
            more.set_key("bound_files.more_lines", count=len(pairs) - _MOST_LINES)
            self.body.addWidget(more)

    def _lines(self, kit: Kit, pairs: list[tuple[str | None, str | None]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(kit.theme.space("space_m"))
        grid.setVerticalSpacing(kit.theme.space("space_xs"))
        for column, key in enumerate(("bound_files.bound", "bound_files.found")):
            grid.addWidget(Label(kit, key, role="small", ink="muted"), 0, column)
            grid.setColumnStretch(column, 1)
        for row, sides in enumerate(pairs, 1):
            for column, (line, ink) in enumerate(zip(sides, ("green", "red"), strict=True)):
                label = Label(kit, role="small", ink=ink, wrap=True)
                label.set_text(_shown(line))
                grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        return grid


class BoundCard(Card):
    """A file that was bound as it stood, with its first lines."""

    def __init__(self, kit: Kit, path: str, text: str) -> None:
        super().__init__(kit)
        name = Label(kit, role="strong", wrap=True)
        name.set_text(spelled_out(path))
        self.body.addWidget(name)
        self.body.addWidget(_kind(kit, path))
        lines = [line for line in text.splitlines() if line.strip()]
        shown = Label(kit, role="small", wrap=True)
        shown.set_text("\n".join(map(_shown, lines[:_MOST_LINES])))
        self.body.addWidget(shown)
        if len(lines) > _MOST_LINES:
            more = Label(kit, role="small", ink="muted")
            more.set_key("bound_files.more_lines", count=len(lines) - _MOST_LINES)
            self.body.addWidget(more)


def _kind(kit: Kit, path: str) -> Label:
    """What the file steers, in words: nobody at the counter knows it by its name."""
    stem = path.partition("/")[0].removesuffix(".toml")
    return Label(kit, f"bound_files.kind.{stem}", role="small", ink="muted", wrap=True)


def _shown(line: str | None) -> str:
    """A line of a stranger, short enough for a screen."""
    if line is None:
        return "—"
    spelled = spelled_out(line)
    return spelled if len(spelled) <= _LONGEST else f"{spelled[:_LONGEST]}…"


class BoundNowDialog(FormDialog):
    """Enter and Esc close it."""

    def __init__(self, kit: Kit, parent: QWidget, texts: Mapping[str, str]) -> None:
        cards = (BoundCard(kit, path, text) for path, text in sorted(texts.items()))
        form = Form(
            "bound_now", "bound_files.first.title", "bound_files.first.close",
            (FormText("bound_files.first.explain", ink=""), *cards), width="dialog_width_wide",
            closes=True, back="", accept_name="close", keys="Return",
        )  # fmt: skip
        super().__init__(kit, parent, form)


_MOST_FILES: Final = 20

ShowPage = Callable[[QWidget, Pdf, str], QDialog]
"""Open a window with a test page over another one; the title names the file it may be kept as."""


class ChangedFilesDialog(DialogFrame):
    """Enter restores everything, Esc leaves it for later: until then what is bound is used all the same."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        session: Session,
        changes: tuple[FileChange, ...],
        show_page: ShowPage,
    ) -> None:
        super().__init__(kit, parent, "bound_files.changed.title", width="dialog_width_form")
        self.setObjectName("changed_files_dialog")
        self._session = session
        self._show_page = show_page
        self._approving: FileChange | None = None
        self.banner = Banner(kit, "changed_files_banner")
        self.body.addWidget(self.banner)
        self.body.addWidget(Label(kit, "bound_files.changed.explain", wrap=True))
        self.cards: list[FileCard] = []
        for change in changes[:_MOST_FILES]:
            self._add_card(change)
        if len(changes) > _MOST_FILES:
            more = Label(kit, role="small", ink="muted")
            more.set_key("bound_files.more_files", count=len(changes) - _MOST_FILES)
            self.body.addWidget(more)
        self.add_button("bound_files.later", name="changed_files_later")
        self.restore_button = self.add_button(
            "bound_files.restore", variant=Variant.PRIMARY, name="changed_files_restore",
            closes=False, keys="Return",
        )  # fmt: skip
        self.restore_button.clicked.connect(self._restore)
        self.set_default(self.restore_button)
        self.restore_button.setFocus()

    def _add_card(self, change: FileChange) -> None:
        card = FileCard(self.kit, change)
        card.setObjectName(f"changed_file_{len(self.cards)}")
        if change.approvable and self._session.may(Permission.APPROVE_FILES):
            button = Button(
                self.kit, _approval(change), size=Size.COMPACT,
                name=f"changed_file_approve_{len(self.cards)}",
            )  # fmt: skip
            button.clicked.connect(partial(self._try, change))
            card.header.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.cards.append(card)
        self.body.addWidget(card)

    def _restore(self) -> None:
        self.restore_button.setEnabled(False)
        work = work_of(restore_files, self._session)
        self.kit.runner.start("db", work, self._restored, self._failed)

    def _restored(self, paths: tuple[str, ...]) -> None:
        toast(self.kit, self.host, "bound_files.restored", count=len(paths))
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.restore_button.setEnabled(True)
        self.banner.show_error(error)

    def _try(self, change: FileChange) -> None:
        self._approving = change
        self.banner.clear()
        if change.found is None:
            self._ask()
            return
        work = work_of(trial_pages, self._session, change.path, change.found)
        self.kit.runner.start("db", work, self._tried, self._failed)

    def _tried(self, pdf: Pdf) -> None:
        if self._approving is None:
            return
        if not pdf.pages:
            self._ask()
            return
        page = self._show_page(self, pdf, self._approving.path.rpartition("/")[2])
        page.finished.connect(self._ask)

    def _ask(self, _result: object = None) -> None:
        change = self._approving
        if change is not None:
            key = "bound_files.ask_removed" if change.found is None else "bound_files.ask"
            ask(
                self.kit, self, "bound_files.ask_title", key, "bound_files.approve_now",
                self._approve, danger=True, file=change.path,
            )  # fmt: skip

    def _approve(self) -> None:
        change = self._approving
        if change is not None:
            work = work_of(approve_file, self._session, change.path, change.found)
            self.kit.runner.start("db", work, self._approved, self._failed)

    def _approved(self, _digest: str) -> None:
        change, self._approving = self._approving, None
        for card in [card for card in self.cards if card.change is change]:
            self.cards.remove(card)
            self.body.removeWidget(card)
            card.hide()
            card.deleteLater()
            toast(self.kit, self.host, "bound_files.approved", file=card.change.path)
        if not self.cards:
            self.accept()


def _approval(change: FileChange) -> str:
    return "bound_files.approve" if change.found is not None else "bound_files.approve_removal"
