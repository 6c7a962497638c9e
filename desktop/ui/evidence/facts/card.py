"""What is known of the chosen item: digests, source, times, custody; and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy, QWidget

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.evidence.item import Evidence
from desktop.domain.time.clock import from_wire
from desktop.services.evidence.completeness import Completeness
from desktop.ui.evidence.checklist.dialog import item_count
from desktop.ui.evidence.custody import (
    CustodyLine,
    LastCheck,
    custody_lines,
    last_check,
    line_text,
    seal_number,
)
from desktop.ui.evidence.items.item_model import IntegrityState
from desktop.ui.evidence.record_views import Checklist
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.moment_text import clock_or_day
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.input.button import Button, IconButton, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

_CHECKS = {
    IntegrityState.GOOD: ("evidence.facts.good", Tone.OK),
    IntegrityState.BAD: ("evidence.facts.bad", Tone.BAD),
    IntegrityState.UNREAD: ("evidence.facts.unread", Tone.INFO),
}


_GROUP = 8
_GROUPS_A_LINE = 4


_SHOWN = 200
"""Newest lines shown; the case's history has them all."""


def source_text(kit: Kit, item: Evidence, officers: Mapping[str, str]) -> str:
    """Source, method, size; then holder, officers and witness, or that nobody has recorded them."""
    words, record = kit.texts, item.record
    method = words.text(f"evidence.method.{item.method.value}")
    first = (item.source, method, size_text(words, item.size))
    lines = [" · ".join(part for part in first if part)]
    if record.empty:
        return "\n".join((*lines, words.text("evidence_record.none")))
    holder = (
        words.text("evidence_record.of_holder", name=record.holder) if record.holder else "",
        record.device,
    )
    lines.append(" · ".join(part for part in holder if part))
    lines.append(_officers(kit, item, officers))
    lines.append(_witness(kit, item))
    return "\n".join(line for line in lines if line)


def times_text(kit: Kit, item: Evidence, officers: Mapping[str, str]) -> str:
    """When it was received and by whom, when it was taken, when the file was last changed."""
    words, zone = kit.texts, kit.zone
    officer = officers.get(item.added_by, item.added_by)
    added = show_local(item.added_at, zone)
    lines = [words.text("evidence.facts.added", time=added, officer=officer)]
    if item.record.taken_at is not None:
        taken = show_local(item.record.taken_at, zone)
        lines.append(words.text("evidence_record.taken", time=taken))
    if item.modified_at:
        modified = show_local(from_wire(item.modified_at), zone)
        lines.append(words.text("evidence.facts.modified", time=modified))
    return "\n".join(lines)


def _officers(kit: Kit, item: Evidence, officers: Mapping[str, str]) -> str:
    second, alone = item.record.second, item.record.alone
    if second:
        both = (officers.get(number, number) for number in (item.added_by, second))
        names = kit.texts.text("evidence.known.comma").join(both)
        confirmed = item.record.seconded_at is not None
        key = "evidence_record.of_officers" if confirmed else "evidence_record.of_officers_typed"
        return " · ".join(filter(None, (kit.texts.text(key, names=names), alone)))
    return kit.texts.text("evidence_record.alone", reason=alone) if alone else ""


def _witness(kit: Kit, item: Evidence) -> str:
    witness, missing = item.record.witness, item.record.no_witness
    if witness:
        return kit.texts.text("evidence_record.of_witness", name=witness)
    return kit.texts.text("evidence_record.no_witness", reason=missing) if missing else ""


class CustodyTimeline(QWidget):
    """Newest line on top: what was done last is what is looked for, and old items have long logs."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._lines: tuple[CustodyLine, ...] = ()
        self._officers: Mapping[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = Column(kit, self, gap="space_xxs")
        column.setContentsMargins(kit.theme.space("space_m"), 0, 0, 0)
        self.words = Label(kit, role="small", wrap=True)
        self.words.setObjectName("evidence_custody")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.words)
        kit.texts.changed.connect(self._show)

    def show_lines(self, lines: Sequence[CustodyLine], officers: Mapping[str, str]) -> None:
        """Show the log."""
        self._lines, self._officers = tuple(lines), officers
        self._show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rule."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, theme.space("ring"), self.height()), theme.color("primary"))
        painter.end()

    def _show(self) -> None:
        shown = self._lines[: -_SHOWN - 1 : -1]
        self.words.set_text("\n".join(line_text(self._kit, line, self._officers) for line in shown))
        self.setVisible(bool(shown))


def digest_text(digest: str) -> str:
    """``9f2b61c0 e7d4a351 …`` on as many lines as needed."""
    groups = [digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP)]
    lines = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
    return "\n".join(" ".join(line) for line in lines)


class DigestRow(QWidget):
    """Empty means: still being worked out."""

    def __init__(self, kit: Kit, key: str, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._digest = ""
        column = Column(kit, self, gap="space_xxs")
        head = Row(kit)
        head.addWidget(Label(kit, key, role="label", ink="muted"))
        head.addStretch(1)
        self._copy = IconButton(kit, "evidence.facts.copy", "copy", name=f"{name}_copy")
        self._copy.clicked.connect(self._copy_it)
        head.addWidget(self._copy)
        column.addLayout(head)
        self.value = Label(kit, role="digits_small")
        self.value.setObjectName(name)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.value)
        kit.texts.bind(self.value.setAccessibleName, key)

    def show_digest(self, digest: str) -> None:
        """Show it, or that it is not known yet."""
        self._digest = digest
        self._copy.setEnabled(bool(digest))
        if digest:
            self.value.set_ink("")
            self.value.set_text(digest_text(digest))
        else:
            self.value.set_ink("muted")
            self.value.set_key("evidence.facts.pending")

    def _copy_it(self) -> None:
        QGuiApplication.clipboard().setText(self._digest)
        toast(self._kit, self, "evidence.facts.copied")


class FactsChips(QWidget):
    """Shows what was read of the chosen item."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._item: Evidence | None = None
        self._last = LastCheck(IntegrityState.UNREAD, None)
        self._seal = ""
        self._checklist: Completeness | None = None
        self.check = Chip(kit)
        self.check.setObjectName("evidence_check")
        self.complete = Chip(kit)
        self.complete.setObjectName("evidence_complete")
        self.sealed = Chip(kit)
        self.sealed.setObjectName("evidence_sealed")
        column = Column(kit, self, gap="space_xs")
        for chips in ((self.check,), (self.complete, self.sealed)):
            row = Row(kit, gap="space_xs")
            for chip in chips:
                row.addWidget(chip)
            row.addStretch(1)
            column.addLayout(row)

    def show_item(self, item: Evidence | None) -> None:
        """Turn to another item; its log comes by :meth:`show_custody`."""
        if item is None or self._item is None or item.id != self._item.id:
            self._last = LastCheck(IntegrityState.UNREAD, item.added_at if item else None)
            self._seal = ""
        self._item = item
        self.show_words()

    def show_custody(self, rows: Sequence[HistoryRow]) -> None:
        """Take the last check and the seal from the log of the item."""
        self._last = last_check(rows)
        self._seal = seal_number(rows)
        self.show_words()

    def show_checklist(self, found: Completeness | None) -> None:
        """Take how far the facts the court looks for are there; None while the case is a draft."""
        self._checklist = found
        self.show_words()

    def show_words(self) -> None:
        """Show everything in the words of the moment."""
        if self._item is None:
            return
        key, tone = _CHECKS[self._last.check]
        at = self._last.at
        self.check.setVisible(at is not None)
        if at is not None:
            self.check.set_tone(tone)
            self.check.set_key(key, time=clock_or_day(self._kit, at))
        done, needed = item_count(self._checklist, self._item.id) if self._checklist else (0, 0)
        self.complete.setVisible(bool(needed))
        self.complete.set_tone(Tone.OK if done == needed else Tone.WARN)
        self.complete.set_key("evidence.facts.complete", done=done, needed=needed)
        self.sealed.setVisible(bool(self._seal))
        self.sealed.set_key("evidence.facts.sealed", number=self._seal)


_EVERY_DAY: Final = ("record", "verify", "papers")
_ABREAST: Final = 2


class FactsButtons(QWidget):
    """Buttons with the words of ``evidence.short``. More of them would leave the custody log no room."""

    def __init__(self, kit: Kit, actions: Mapping[str, Action]) -> None:
        super().__init__()
        self._kit = kit
        self._others = {name: action for name, action in actions.items() if name not in _EVERY_DAY}
        buttons = [_button(kit, name, actions[name]) for name in _EVERY_DAY]
        self._more = Button(kit, "evidence.short.more", size=Size.COMPACT, name="evidence_more")
        self._more.clicked.connect(self._open)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(kit.theme.space("space_xs"))
        for place, button in enumerate((*buttons, self._more)):
            grid.addWidget(button, place // _ABREAST, place % _ABREAST)
        for column in range(_ABREAST):
            grid.setColumnStretch(column, 1)

    def menu(self) -> QMenu:
        """The others, as they can be done now."""
        menu = QMenu(self)
        menu.setFont(self._kit.theme.font("body"))
        for name, action in self._others.items():
            words = self._kit.texts.text(action.name_key)
            item = menu.addAction(f"{words}\t{action.cap}" if action.cap else words)
            item.setObjectName(f"evidence_{name}")
            item.setEnabled(action.enabled)
            item.triggered.connect(action.trigger)
        return menu

    def _open(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        size = menu.sizeHint()  # above the button, its right edge on the button's
        corner = self._more.mapToGlobal(self._more.rect().topRight())
        menu.popup(corner - QPoint(size.width(), size.height()))


def _button(kit: Kit, name: str, action: Action) -> Button:
    button = Button(kit, f"evidence.short.{name}", size=Size.COMPACT, name=f"evidence_{name}")
    button.setToolTip(action.cap)
    button.clicked.connect(action.trigger)
    button.setEnabled(action.enabled)
    action.enabled_changed.connect(button.setEnabled)
    return button


@dataclass(frozen=True, slots=True)
class FactsActions:
    """What the buttons below do."""

    verify: Action
    verify_all: Action
    save_copy: Action
    hand_over_to_court: Action


class FactsCard(Card):
    """Shows one item, or asks to choose one."""

    def __init__(self, kit: Kit, actions: FactsActions, record: Mapping[str, Action]) -> None:
        super().__init__(kit)
        self._kit = kit
        self._item: Evidence | None = None
        self._officers: Mapping[str, str] = {}
        self.title.hide()
        self.name = ElidedLabel(kit, role="section")
        self.name.setObjectName("evidence_name")
        self.header.insertWidget(0, self.name, 1)
        self.chips = FactsChips(kit)
        self._details = self._made_details(kit)
        self._scroll = ScrollArea(kit, self._details)
        self.body.addWidget(self._scroll, 1)
        self._empty = Label(kit, "evidence.facts.choose", ink="muted", wrap=True)
        self.body.addWidget(self._empty)
        self.body.addStretch(0)
        self._add_buttons(actions, record)
        kit.texts.changed.connect(self._show)
        kit.ticks.ticked.connect(self._tick)
        self._shown_day = ""
        self.show_item(None)

    def show_item(self, item: Evidence | None) -> None:
        """Show another item; its log comes by :meth:`show_custody`."""
        if item is None or self._item is None or item.id != self._item.id:
            self._custody.show_lines((), self._officers)
        self._item = item
        self.chips.show_item(item)
        self._show()

    def show_custody(self, rows: Sequence[HistoryRow], officers: Mapping[str, str]) -> None:
        """Show the log of the shown item."""
        self._officers = officers
        self.chips.show_custody(rows)
        self._custody.show_lines(custody_lines(rows), officers)
        self._show()

    def show_checklist(self, found: Checklist | None) -> None:
        """Show how far the facts the court looks for are there; None while the case is a draft."""
        self.chips.show_checklist(found.completeness if found else None)

    def _show(self) -> None:
        item = self._item
        if item is None:
            self._scroll.hide()
        else:
            self._empty.hide()
        self._scroll.setVisible(item is not None)
        self._empty.setVisible(item is None)
        self.name.setVisible(item is not None)
        if item is None:
            return
        self.name.set_text(item.name)
        self.chips.show_words()
        self._sha256.show_digest(item.sha256)
        self._sm3.show_digest(item.sm3)
        self._md5.setVisible(bool(item.md5))
        self._md5.show_digest(item.md5)
        self.source.set_text(source_text(self._kit, item, self._officers))
        self.times.set_text(times_text(self._kit, item, self._officers))

    def _made_details(self, kit: Kit) -> QWidget:
        content = QWidget()
        details = Column(kit, content, gap="space_xs")
        details.addWidget(self.chips)
        self._sha256 = DigestRow(kit, "evidence.facts.sha256", "evidence_sha256")
        self._sm3 = DigestRow(kit, "evidence.facts.sm3", "evidence_sm3")
        details.addWidget(self._sha256)
        details.addWidget(self._sm3)
        self._md5 = DigestRow(kit, "evidence.facts.md5", "evidence_md5")
        details.addWidget(self._md5)
        self.source = self._block(details, "evidence.facts.source", "evidence_source")
        self.times = self._block(details, "evidence.facts.times", "evidence_times")
        details.addSpacing(kit.theme.space("space_xs"))
        details.addWidget(Label(kit, "evidence.facts.custody", role="label", ink="muted"))
        self._custody = CustodyTimeline(kit)
        details.addWidget(self._custody)
        details.addStretch(1)
        return content

    def _block(self, column: Column, key: str, name: str) -> Label:
        column.addSpacing(self._kit.theme.space("space_xs"))
        column.addWidget(Label(self._kit, key, role="label", ink="muted"))
        text = Label(self._kit, role="small", wrap=True)
        text.setObjectName(name)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(text)
        return text

    def _add_buttons(self, actions: FactsActions, record: Mapping[str, Action]) -> None:
        shown = {
            **record,
            "verify": actions.verify,
            "verify_all": actions.verify_all,
            "save_copy": actions.save_copy,
            "hand_over": actions.hand_over_to_court,
        }
        self.body.addWidget(FactsButtons(self._kit, shown))

    def _tick(self) -> None:
        """At midnight "10:31" becomes "yesterday 10:31"."""
        day = f"{self._kit.ticks.now().astimezone(self._kit.zone):%j}"
        if day != self._shown_day:
            self._shown_day = day
            self._show()
