"""What a file holds: its facts and text, its tables, its messages; one part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHeaderView, QSplitter, QStackedWidget, QWidget

from desktop.domain.evidence.citation import Citation, PlaceKind, row_citation
from desktop.domain.evidence.contents import (
    ATTACHMENTS,
    ContentsKind,
    ContentsTable,
    DecodedContents,
    Fact,
)
from desktop.ui.evidence.viewing.viewer_pages import ChatPage, TablePage, TextPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.translator import Translator
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.texts.label import Label

_SIZES = frozenset({"unpacked"})
PERMISSIONS = frozenset(
    (
        "READ_SMS", "RECEIVE_SMS", "SEND_SMS", "READ_CONTACTS", "WRITE_CONTACTS", "READ_CALL_LOG", "CALL_PHONE",
        "READ_PHONE_STATE", "PROCESS_OUTGOING_CALLS", "ANSWER_PHONE_CALLS", "RECORD_AUDIO", "CAMERA",
        "ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION", "ACCESS_BACKGROUND_LOCATION", "SYSTEM_ALERT_WINDOW",
        "BIND_ACCESSIBILITY_SERVICE", "REQUEST_INSTALL_PACKAGES", "BIND_DEVICE_ADMIN", "READ_EXTERNAL_STORAGE",
        "WRITE_EXTERNAL_STORAGE", "MANAGE_EXTERNAL_STORAGE", "READ_MEDIA_IMAGES", "QUERY_ALL_PACKAGES",
        "BIND_NOTIFICATION_LISTENER_SERVICE", "GET_ACCOUNTS", "BIND_VPN_SERVICE", "FOREGROUND_SERVICE_MEDIA_PROJECTION",
        "RECEIVE_BOOT_COMPLETED", "REQUEST_IGNORE_BATTERY_OPTIMIZATIONS", "INTERNET", "BLUETOOTH_CONNECT",
        "USE_FULL_SCREEN_INTENT", "DISABLE_KEYGUARD",
    )
)  # fmt: skip
"""Permissions of Android of which the catalogue says what they allow."""


def fact_value(texts: Translator, fact: Fact) -> str:
    """The value as it is shown."""
    if fact.name in _SIZES and fact.value.isdigit():
        return size_text(texts, int(fact.value))
    return fact.value


def in_words(texts: Translator, sheet: ContentsTable) -> ContentsTable:
    """``sheet`` with our own columns in the language of the window; a table of the file stays as it is."""
    if not sheet.heads:
        return sheet
    rows = tuple(
        tuple(_cell(texts, head, cell) for head, cell in zip(sheet.heads, row, strict=True))
        for row in sheet.rows
    )
    return ContentsTable(sheet.name, rows, sheet.columns, sheet.cut, sheet.title, sheet.heads)


def _cell(texts: Translator, head: str, cell: str) -> str:
    if head == "size" and cell.isdigit():
        return size_text(texts, int(cell))
    if head == "meaning":
        return texts.text(f"viewer.permission.{cell}") if cell in PERMISSIONS else ""
    return cell


class FactsPage(TablePage):
    """Facts as a table of two columns, to read and to copy from."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "evidence_facts")
        self._kit = kit
        self._facts: tuple[Fact, ...] = ()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setMaximumSectionSize(-1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        kit.texts.bind(self.setAccessibleName, "viewer.facts")
        kit.texts.changed.connect(self._show)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show other facts."""
        self._facts = facts
        self._show()

    def _show(self) -> None:
        texts = self._kit.texts
        rows = tuple(
            (texts.text(f"viewer.fact.{fact.name}"), fact_value(texts, fact))
            for fact in self._facts
        )
        self.show_table(ContentsTable("", rows, 2))
        header = self.horizontalHeader()
        if rows:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)


@dataclass(frozen=True, slots=True)
class PartName:
    """``key`` names a part of ours with its ``count``; without one, ``text`` is the file's own name."""

    key: str = ""
    text: str = ""
    count: int = 0


class PartChooser(QWidget):
    """``chosen(place)``; hidden while there is only one part."""

    chosen = Signal(int)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self.chosen)
        self._strip = QWidget()
        self._row = Row(kit, self._strip, gap="space_xxs")
        self._row.addStretch(1)
        area = ScrollArea(kit, self._strip)
        area.setFixedHeight(kit.theme.space("control") + kit.theme.space("space_s"))
        Row(kit, self).addWidget(area)
        self.setObjectName("evidence_parts")
        self.hide()

    def show_parts(self, names: Sequence[PartName]) -> None:
        """Offer other parts; the first is chosen."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        for place, name in enumerate(names):
            self._add(place, name)
        self.setVisible(len(names) > 1)

    def step(self, by: int) -> None:
        """Choose the next or the last part, round the end."""
        count = len(self._group.buttons())
        if count > 1:
            self._group.button((self._group.checkedId() + by) % count).click()

    def go_to(self, place: int) -> None:
        """Choose the part at ``place``."""
        self._group.button(place).click()

    def _add(self, place: int, name: PartName) -> None:
        button = Button(
            self._kit,
            "viewer.part.sheet",
            variant=Variant.QUIET,
            size=Size.COMPACT,
            name=f"evidence_part_{place}",
        )
        if name.text:
            button.set_text(name.text)
        elif name.key:
            button.set_key(name.key, count=name.count)
        button.setCheckable(True)
        button.setChecked(place == 0)
        self._group.addButton(button, place)
        self._row.insertWidget(place, button)


_MESSAGES, _OVERVIEW = "messages", "overview"
_TITLES = {ContentsKind.MAIL: "mail", ContentsKind.CHAT: "chat_facts", ContentsKind.APP: "app"}
_Part = str | ContentsTable
_OF_ATTACHMENTS = frozenset({"attached_program"})
"""Remarks that concern them; the others are of the mail."""
_EDGE = 16
"""Pixels around the rows of a table."""


class ContentsPage(QWidget):
    """``cited(Citation)``: the person wants to refer to a place in it. ``attachment_opened(number)``, from 1."""

    cited = Signal(object)
    attachment_opened = Signal(int)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._parts: tuple[_Part, ...] = ()
        self._place = 0
        self._sheet: ContentsTable | None = None
        column = Column(kit, self, gap="space_s")
        self.remarks = Label(kit, role="small", ink="muted", wrap=True)
        self.remarks.setObjectName("evidence_remarks")
        column.addWidget(self.remarks)
        self.chooser = PartChooser(kit)
        self.chooser.chosen.connect(self._turn)
        column.addWidget(self.chooser)
        self.facts = FactsPage(kit)
        self.text = TextPage(kit)
        self.table = TablePage(kit)
        self.table.activated.connect(self._activated)
        self.chat = ChatPage(kit)
        self.chat.cited.connect(self.cited)
        self._overview = QSplitter(Qt.Orientation.Vertical)
        self._overview.setChildrenCollapsible(False)
        self._overview.addWidget(self.facts)
        self._overview.addWidget(self.text)
        self._stack = QStackedWidget()
        for page in (self._overview, self.table, self.chat):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        kit.texts.changed.connect(self._say_again)
        self._contents = DecodedContents(ContentsKind.OTHER)

    def show_contents(self, contents: DecodedContents) -> None:
        """Show other contents, from their first part."""
        self._contents = contents
        self.facts.show_facts(contents.facts)
        self.facts.setVisible(bool(contents.facts))
        self.text.setPlainText(contents.text)
        self.text.setVisible(bool(contents.text) or not contents.facts)
        self.chat.show_messages(contents.messages)
        self._parts = _parts(contents)
        self.chooser.show_parts([_name(contents, part) for part in self._parts])
        self._turn(0)
        room = max(self._stack.height(), 1)
        facts = min(self.facts.verticalHeader().length() + _EDGE, room // 2)
        self._overview.setSizes([facts, room - facts])

    def step_part(self, by: int) -> None:
        """The next part, or the one before."""
        self.chooser.step(by)

    def cite(self) -> None:
        """Refer to the chosen place, where there is one."""
        shown = self._stack.currentWidget()
        if shown is self.chat:
            self.chat.cite()
        elif shown is self.table and self._sheet is not None:
            row = max(self.table.currentIndex().row(), 0)
            name = self._sheet.name if len(self._contents.sheets) > 1 else ""
            if row < len(self._sheet.rows):
                self.cited.emit(row_citation(row + 1, self._sheet.rows[row], name))
        else:
            self.cited.emit(Citation(PlaceKind.WHOLE, ""))

    @property
    def has_attachments(self) -> bool:
        """Whether what is shown has some."""
        return any(sheet.title == ATTACHMENTS for sheet in self._contents.sheets)

    def attachments_chosen(self) -> tuple[int, ...]:
        """The numbers of the attachments that are marked, while their table is shown."""
        if not self._attachments_shown:
            return ()
        rows = {index.row() for index in self.table.selectedIndexes()}
        return tuple(row + 1 for row in sorted(rows))

    def show_attachments(self) -> None:
        """Turn to the attachments, if there are any, with the keyboard."""
        for place, part in enumerate(self._parts):
            if isinstance(part, ContentsTable) and part.title == ATTACHMENTS:
                self.chooser.go_to(place)
                self.part.setFocus()

    @property
    def _attachments_shown(self) -> bool:
        shown = self._stack.currentWidget() is self.table
        return shown and self._sheet is not None and self._sheet.title == ATTACHMENTS

    def _activated(self, index: QModelIndex) -> None:
        if self._attachments_shown:
            self.attachment_opened.emit(index.row() + 1)

    @property
    def part(self) -> QWidget:
        """What takes the keyboard."""
        shown = self._stack.currentWidget()
        if shown is self._overview:
            return self.text if self.text.isVisibleTo(self) else self.facts
        return self.chat.list if shown is self.chat else self.table

    def _turn(self, place: int) -> None:
        part, self._place = self._parts[place], place
        had_focus = self.isAncestorOf(self.focusWidget() or self.window())
        if isinstance(part, ContentsTable):
            self._show_sheet(part)
            self._stack.setCurrentWidget(self.table)
        else:
            self._stack.setCurrentWidget(self.chat if part == _MESSAGES else self._overview)
        self.setFocusProxy(self.part)
        self._say()
        if self._attachments_shown:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        if had_focus:
            self.part.setFocus()

    def _say_again(self) -> None:
        part = self._parts[self._place] if self._parts else None
        if isinstance(part, ContentsTable) and part.heads:
            chosen = self.table.currentIndex()
            self._show_sheet(part)
            self.table.setCurrentIndex(self.table.model().index(chosen.row(), chosen.column()))
        self._say()

    def _show_sheet(self, part: ContentsTable) -> None:
        self._sheet = in_words(self._kit.texts, part)
        self.table.show_table(self._sheet)

    def _say(self) -> None:
        texts = self._kit.texts
        remarks, keys = self._contents.notes, ""
        if self._attachments_shown:
            remarks, keys = (
                tuple(set(remarks) & _OF_ATTACHMENTS),
                texts.text("viewer.attachment.hint"),
            )
        notes = [keys] if keys else []
        notes += [texts.text(f"viewer.remark.{note}") for note in remarks]
        self.remarks.set_text(" ".join(notes))
        self.remarks.setVisible(bool(notes))


def _parts(contents: DecodedContents) -> tuple[_Part, ...]:
    found: list[_Part] = []
    if contents.messages:
        found.append(_MESSAGES)
    if contents.facts or contents.text or not contents.sheets:
        found.append(_OVERVIEW)
    return (*found, *contents.sheets)


def _name(contents: DecodedContents, part: _Part) -> PartName:
    if isinstance(part, ContentsTable):
        if part.title:
            return PartName(f"viewer.sheet.{part.title}", count=len(part.rows))
        return PartName(text=part.name) if part.name else PartName("viewer.part.sheet")
    if part == _MESSAGES:
        return PartName("viewer.part.messages", count=len(contents.messages))
    return PartName(f"viewer.part.{_TITLES.get(contents.kind, 'facts')}")
