"""What changed in whom this computer trusts since the officer looked, and what one person did that waits."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.officers.trust_changes import TrustChange
from desktop.services.officers.unconfirmed import Unconfirmed
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.moment_text import clock_or_day
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label

_MOST = 12
"""Lines of each kind; more are counted, and the command line lists all."""


@dataclass(frozen=True, slots=True)
class TrustNews:
    """One reading. ``waiting``: what one person did; ``own``: the number of who is signed in."""

    changes: tuple[TrustChange, ...]
    waiting: tuple[Unconfirmed, ...]
    own: str

    @property
    def to_confirm(self) -> tuple[Unconfirmed, ...]:
        """What this officer may confirm: whatever somebody else did."""
        return tuple(one for one in self.waiting if one.by != self.own)


class TrustNewsDialog(DialogFrame):
    """``acknowledged``: the officer has read the changes; ``confirm_wanted``: two officers confirm what waits."""

    acknowledged = Signal()
    confirm_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget, news: TrustNews) -> None:
        super().__init__(kit, parent, "trust.news.title", wide=True)
        self.setObjectName("trust_news_dialog")
        self.banner = Banner(kit, "trust_news_banner")
        self.body.addWidget(self.banner)
        self._changes = self._part("trust.news.changes", "trust_news_changes")
        self._waiting = self._part("trust.news.waiting", "trust_news_waiting")
        self._note = Label(kit, role="small", ink="muted", wrap=True)
        self._note.setObjectName("trust_news_note")
        self.body.addWidget(self._note)
        self._confirm = self.add_button(
            "trust.news.confirm", name="trust_news_confirm", closes=False
        )
        self._confirm.clicked.connect(self.confirm_wanted)
        self.add_button("shared.close", name="trust_news_close")
        self._acknowledge = self.add_button(
            "trust.news.seen", variant=Variant.PRIMARY, name="trust_news_seen", closes=False
        )
        self._acknowledge.clicked.connect(self.acknowledged)
        self.set_default(self._acknowledge)
        self.show_news(news)
        self._acknowledge.setFocus()

    def show_news(self, news: TrustNews) -> None:
        """Say it."""
        kit = self.kit
        changes = [change_text(kit, one) for one in news.changes]
        self._tell(self._changes, changes, "trust.news.no_changes")
        waiting = [waiting_text(kit, one) for one in news.waiting]
        self._tell(self._waiting, waiting, "trust.news.none_waiting")
        mine = bool(news.waiting) and not news.to_confirm
        key = "trust.news.own" if mine else "trust.news.compare"
        self._note.setVisible(bool(news.waiting))
        self._note.set_key(key)
        self._confirm.setEnabled(bool(news.to_confirm))
        self._acknowledge.setEnabled(bool(news.changes))

    def _part(self, title: str, name: str) -> Label:
        self.body.addWidget(Label(self.kit, title, role="strong"))
        label = Label(self.kit, wrap=True)
        label.setObjectName(name)
        self.body.addWidget(label)
        return label

    def _tell(self, label: Label, lines: list[str], none: str) -> None:
        texts = self.kit.texts
        left = len(lines) - _MOST
        more = [texts.text("trust.news.more", count=left)] if left > 0 else []
        label.set_text("\n".join([*lines[:_MOST], *more]) or texts.text(none))


def change_text(kit: Kit, one: TrustChange) -> str:
    """A change in one line: when, what, by whom."""
    texts = kit.texts
    what = texts.text(f"trust.change.{one.kind.replace('.', '_')}", about=one.about, name=one.name)
    if one.by_centre and not one.second:
        who = texts.text("trust.change.by_centre")
    elif one.second:
        who = texts.text("trust.change.by_two", by=one.by, second=one.second)
    else:
        who = texts.text("trust.change.by_one", by=one.by)
    return texts.text("trust.news.line", at=clock_or_day(kit, one.at), what=what, who=who)


def waiting_text(kit: Kit, one: Unconfirmed) -> str:
    """What waits, in one line: who or what it is, how it came in, by whom."""
    texts = kit.texts
    number = one.key if one.kind == "officer" else one.key[:8]
    how = texts.text(f"trust.ceremony.{one.ceremony.value}")
    return texts.text("trust.news.waits", name=one.name, number=number, how=how, by=one.by)
