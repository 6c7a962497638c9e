"""Texts on screen: bound to the catalogue, in a type role and an ink of the theme."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.domain.text.hidden_signs import spelled_out
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone

_BREAK: Final = "\u200b"
"""Zero width space: takes no room and shows only as the end of a line."""
_LONG_WORD: Final = re.compile(r"[!-\u2e7f]{25,}")
"""Up to the scripts of East Asia, which break anywhere; longer than the words of prose."""
_PIECE: Final = re.compile(r"[^/\\]{1,24}[/\\]?|[/\\]")


def breakable(text: str) -> str:
    """The same text; a word of more than 24 characters may break after each folder and each 24 characters."""
    return _LONG_WORD.sub(lambda word: _BREAK.join(_PIECE.findall(word[0])), text)


def unbroken(text: str) -> str:
    """The text without the breaks."""
    return text.replace(_BREAK, "")


class Label(QLabel):
    """A text. ``key`` is read from the catalogue; ``""`` for texts that are data, set by
    ``set_text``. With ``wrap`` long words without blanks break too, so that a path is never wider than
    the window; where the text can be copied they do not, since what is copied must be the text itself.

    ``role`` is a type role of the tokens, ``ink`` one of "", "muted", "faint", "red", "amber",
    "green", "blue".
    """

    def __init__(
        self,
        kit: Kit,
        key: str = "",
        *,
        role: str = "body",
        ink: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(kit.theme.font(role))
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        set_look(self, ink=ink)
        if key:
            self.set_key(key)

    def set_key(self, key: str, **params: str | int) -> None:
        """Show the catalogue text of ``key``, now and in every language to come."""
        self._kit.texts.bind(self.setText, key, **params)

    def set_text(self, text: str) -> None:
        """Show data as it is; signs that turn the writing as their numbers."""
        self._kit.texts.release(self.setText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Let it break where it wraps."""
        super().setText(self._breaking(spelled_out(text)))

    def text(self) -> str:
        """The text as it was given."""
        return unbroken(super().text())

    def setTextInteractionFlags(self, flags: Qt.TextInteractionFlag) -> None:
        """From now on it may be copied, or not."""
        super().setTextInteractionFlags(flags)
        self.setText(self.text())

    def set_ink(self, ink: str) -> None:
        """Change the colour of the text."""
        set_look(self, ink=ink)

    def set_tone(self, tone: Tone) -> None:
        """Change the colour of the text to that of a meaning."""
        set_look(self, ink=tone.value)

    def _breaking(self, text: str) -> str:
        copied = self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
        return breakable(text) if self.wordWrap() and not copied else text


class StruckLabel(Label):
    """Data that holds no more: struck through, wrapped, read out as superseded by its accessible name."""

    def __init__(self, kit: Kit) -> None:
        self._plain = ""
        super().__init__(kit, ink="muted", wrap=True)
        self.setTextFormat(Qt.TextFormat.RichText)  # a style sheet drops the font's own strike

    def setText(self, text: str) -> None:
        """Nothing in the text counts as markup."""
        self._plain = text = spelled_out(text)
        QLabel.setText(self, f"<s>{escape(self._breaking(text))}</s>")

    def text(self) -> str:
        """The text as it was given."""
        return self._plain


class ElidedLabel(Label):
    """One line of data that may be longer than its place: shortened with "…", whole in the
    tooltip."""

    def __init__(self, kit: Kit, key: str = "", *, role: str = "body", ink: str = "") -> None:
        self._whole = ""
        super().__init__(kit, key, role=role, ink=ink)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Keep the whole text and show what fits."""
        self._whole = text = spelled_out(text)
        self.setAccessibleName(text)
        self.updateGeometry()  # the shown text may stay the same while the wish for room grew
        self._fit()

    def whole_text(self) -> str:
        """The text before shortening."""
        return self._whole

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """May shrink to nothing."""
        return QSize(0, QFontMetrics(self.font()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Shorten anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(
            self._whole, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Chip(QLabel):
    """A short word on a soft ground: a state, a kind, a count."""

    def __init__(self, kit: Kit, key: str = "", *, tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__()
        self._kit = kit
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(kit.theme.font("chip"))
        self.setFixedHeight(kit.theme.space("chip_height"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.set_tone(tone)
        if key:
            self.set_key(key)

    def set_key(self, key: str, **params: str | int) -> None:
        """Show the catalogue text of ``key``."""
        self._kit.texts.bind(self.setText, key, **params)

    def set_text(self, text: str) -> None:
        """Show data as it is."""
        self._kit.texts.release(self.setText)
        self.setText(spelled_out(text))

    def set_tone(self, tone: Tone) -> None:
        """Give it another meaning."""
        set_look(self, chip=tone.value)


class KeyCap(QLabel):
    """The picture of a key, such as ``F1``."""

    def __init__(self, kit: Kit, cap: str) -> None:
        super().__init__(cap)
        self.setFont(kit.theme.font("keycap"))
        self.setFixedHeight(kit.theme.space("keycap_box"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_look(self, keycap="true")
