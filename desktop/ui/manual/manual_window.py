"""The manual in a window of its own: contents, text, and a field that finds words in all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QShortcut,
    QStandardItem,
    QStandardItemModel,
    QTextDocument,
)
from PySide6.QtWidgets import QListView, QTextBrowser, QWidget

from desktop.domain.errors import AppError
from desktop.ui.shared.dialogs.error_presenter import warn
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.input.line_edit import LineEdit
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label

_ANCHOR: Final = int(Qt.ItemDataRole.UserRole) + 1
_SIZE: Final = (1180, 720)
_CONTENTS: Final = 300
_MARGIN: Final = 48
"""Logical pixels; the window stands beside the desk's on a screen of 1366×768."""
_SHOWN_LEVELS: Final = 2


@dataclass(frozen=True, slots=True)
class ManualChapter:
    """A book of the manual. ``headings``: anchor, level (1 is the book itself) and words of each."""

    id: str
    html: str
    headings: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class ManualText:
    """All books in one language. ``pictures``: the folder their pictures are named from."""

    chapters: tuple[ManualChapter, ...]
    pictures: Path


LoadManual = Callable[[str], ManualText]
"""By language; takes a second, so it is called off the GUI thread."""


class _Pages(QTextBrowser):
    """Shows what it is given and follows nothing by itself; pictures are drawn as wide as there is room."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.pictures = Path()
        self._kit = kit
        self.setObjectName("manual_text")
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(kit.theme.space("page_margin"))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture of the manual; nothing else is loaded."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        words = name.toString() if isinstance(name, QUrl) else name
        picture = QImage(str(self.pictures / words))
        room = self.viewport().width() - _MARGIN
        if picture.width() > room > 0:
            return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return picture

    def sheet(self) -> str:
        """The document's style in the colours of the theme."""
        colour = self._kit.theme.color
        line, soft, blue = (colour(name).name() for name in ("line", "surface_soft", "blue"))
        return (
            f"h1, h2, h3 {{ color: {blue}; }} a {{ color: {blue}; text-decoration: none; }}"
            f"code, pre {{ background-color: {soft}; font-family: 'Noto Sans SC'; }}"
            "pre { white-space: pre-wrap; } table { border-collapse: collapse; margin: 6px 0; }"
            f"th, td {{ border: 1px solid {line}; padding: 5px 8px; text-align: left; }}"
            f"th {{ background-color: {soft}; }}"
        )


class ManualWindow(QWidget):
    """Opens at the first book; closing the desk closes it too."""

    def __init__(self, kit: Kit, load: LoadManual) -> None:
        super().__init__()
        self._kit = kit
        self._load = load
        self._text: ManualText | None = None
        self._current = ""
        self.setObjectName("manual_window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        set_look(self, ground="canvas")
        kit.texts.bind(self.setWindowTitle, "manual.window")
        self._contents = QStandardItemModel(self)
        self.list = QListView()
        self.list.setObjectName("manual_contents")
        self.list.setModel(self._contents)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setFixedWidth(_CONTENTS)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        kit.texts.bind(self.list.setAccessibleName, "manual.contents")
        self.pages = _Pages(kit)
        self.pages.anchorClicked.connect(self._follow)
        kit.texts.bind(self.pages.setAccessibleName, "manual.window")
        self.field = LineEdit(kit)
        self.field.setObjectName("manual_find")
        kit.texts.bind(self.field.setPlaceholderText, "manual.find")
        kit.texts.bind(self.field.setAccessibleName, "manual.find")
        self.field.returnPressed.connect(self.find_next)
        self.note = Label(kit, role="small", ink="muted")
        self._lay_out()
        kit.texts.changed.connect(self.read)
        kit.theme.changed.connect(self._paint_again)
        self.resize(*_SIZE)
        self.read()

    def read(self) -> None:
        """Make the books in the current language."""
        work = work_of(self._load, self._kit.texts.language)
        self._kit.runner.start("files", work, self._show, self._failed)

    def go_to(self, anchor: str) -> None:
        """Show the place of that name: a book's own, or that of one of its headings."""
        name = anchor.partition("--")[0]
        chapter = next((item for item in self._chapters() if item.id == name), None)
        if chapter is None:
            return
        if chapter.id != self._current:
            self._current = chapter.id
            self.pages.setHtml(chapter.html)
        self.pages.scrollToAnchor(anchor)
        self._mark(anchor)

    def find_next(self) -> None:
        """The next place with the words of the field, through all books and round again."""
        words = self.field.text().strip()
        found = not words or self.pages.find(words) or self._find_elsewhere(words)
        self.note.setVisible(not found)
        if not found:
            self.note.set_key("manual.not_found", text=words)

    def _find_elsewhere(self, words: str) -> bool:
        chapters = self._chapters()
        place = next((n for n, item in enumerate(chapters) if item.id == self._current), 0)
        for chapter in (*chapters[place + 1 :], *chapters[: place + 1]):
            reader = QTextDocument()
            reader.setHtml(chapter.html)
            if not reader.find(words).isNull():
                self.go_to(chapter.id)
                cursor = self.pages.textCursor()
                cursor.setPosition(0)
                self.pages.setTextCursor(cursor)
                return self.pages.find(words)
        return False

    def _chapters(self) -> tuple[ManualChapter, ...]:
        return self._text.chapters if self._text is not None else ()

    def _show(self, text: ManualText) -> None:
        wanted = self._current
        self._text, self._current = text, ""
        self.pages.pictures = text.pictures
        self.pages.document().setDefaultStyleSheet(self.pages.sheet())
        self._contents.clear()
        theme = self._kit.theme
        for chapter in text.chapters:
            for anchor, level, words in chapter.headings:
                if level <= _SHOWN_LEVELS:
                    item = QStandardItem(words if level == 1 else f"　{words}")
                    item.setData(anchor, _ANCHOR)
                    item.setFont(theme.font("section" if level == 1 else "body"))
                    item.setToolTip(words)
                    self._contents.appendRow(item)
        if text.chapters:
            names = {item.id for item in text.chapters}
            self.go_to(wanted if wanted in names else text.chapters[0].id)

    def _failed(self, error: Exception) -> None:
        """An installation without its books says so; whatever else happened is for the last net."""
        if not isinstance(error, AppError):
            raise error
        warn(self._kit, self, error)

    def _paint_again(self) -> None:
        if self._text is not None:
            self._show(self._text)

    def _chosen(self, index: QModelIndex) -> None:
        anchor = index.data(_ANCHOR)
        if isinstance(anchor, str):
            self.go_to(anchor)

    def _follow(self, url: QUrl) -> None:
        if url.hasFragment():
            self.go_to(url.fragment())

    def _mark(self, anchor: str) -> None:
        """Move the contents along without choosing there again."""
        rows = range(self._contents.rowCount())
        row = next((n for n in rows if self._contents.item(n).data(_ANCHOR) == anchor), -1)
        if row >= 0:
            chosen = self.list.selectionModel()
            chosen.blockSignals(True)
            self.list.setCurrentIndex(self._contents.index(row, 0))
            chosen.blockSignals(False)
            self.list.viewport().update()

    def _lay_out(self) -> None:
        kit = self._kit
        margin = kit.theme.space("space_m")
        whole = Row(kit, self, gap="space_m")
        whole.setContentsMargins(margin, margin, margin, margin)
        left = Column(kit)
        left.addWidget(self.field)
        left.addWidget(self.note)
        left.addWidget(self.list, 1)
        self.note.hide()
        self.field.setFixedWidth(_CONTENTS)
        whole.addLayout(left)
        whole.addWidget(self.pages, 1)
        for keys, call in (("Esc", self.close), ("Ctrl+F", self.field.setFocus)):
            QShortcut(QKeySequence(keys), self).activated.connect(call)
        self.list.setFocus()
