"""What was taken down is carried to the centre, answered, and comes back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.demo.hands import DemoError
from desktop.demo.stage import Stage
from desktop.domain.order import OrderState
from desktop.services.look_up import board
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.inspection import clipped_texts, overlaps

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier
PAGES = {"station": "F2 F3 F4 F6 Shift+F7 Shift+F6", "centre": "F2 F3 F4 F7 Shift+F6"}
"""The keys of every page of both windows."""
LANGUAGES = ("zh_CN", "en")
SCHEMES = (Scheme.LIGHT, Scheme.DARK)


def case_page(stage: Stage) -> None:
    """Found by a name; then the case's own page, tab by tab."""
    hands = stage.front("station")
    hands.press(Qt.Key.Key_K, _CTRL)
    hands.write("李秀兰")
    hands.until(lambda: hands.seen("search_hits") is not None, "nothing was found")
    stage.picture(hands, "16-search")
    hands.press(Qt.Key.Key_Return)
    stage.picture(hands, "17-case")
    for name in ("orders", "papers", "history"):
        hands.click(f"case_tab_{name}")
        stage.picture(hands, f"18-case-{name}")
    hands.press(Qt.Key.Key_F4)
    stage.picture(hands, "19-orders")


def export(stage: Stage) -> None:
    """Everything the centre lacks goes onto the stick."""
    hands = stage.front("station")
    stage.stick.mkdir(parents=True)
    hands.press(Qt.Key.Key_F6)
    target = hands.find("sync_target", QWidget)
    target.setFocus()
    hands.press(Qt.Key.Key_End)
    hands.choose(stage.stick)
    hands.click("sync_export")
    stage.picture(hands, "20-exported")
    volumes = sorted(stage.stick.glob("*.fzb"))
    if len(volumes) < 2:
        raise DemoError("the bundle is not on the stick")
    stage.files += volumes


def ingest(stage: Stage) -> None:
    """The centre looks first, then takes the bundle in."""
    hands = stage.front("centre")
    hands.press(Qt.Key.Key_F2)
    hands.click("inbox_choose")
    hands.choose(*sorted(stage.stick.glob("*.fzb")))
    stage.picture(hands, "21-centre-dry-run")
    hands.click("ingest_accept")
    stage.picture(hands, "22-centre-inbox")
    order = stage.newest_order("station").order
    if stage.newest_order("centre").order.id != order.id:
        raise DemoError("the order did not reach the centre")


def reply(stage: Stage) -> None:
    """The bank stopped a part; the centre records it and writes receipt and reply."""
    hands = stage.front("centre")
    hands.press(Qt.Key.Key_F3)
    hands.find("dispatch_table").setFocus()
    hands.press(Qt.Key.Key_Home)  # the most urgent is the first
    stage.picture(hands, "23-centre-dispatch")
    hands.click("dispatch_reply")
    hands.click("reply_result_partial")
    hands.fill("reply_amount", "61320")
    hands.fill("reply_organisation", "中国农业银行")
    hands.fill("reply_operator", "客服 1023")
    stage.picture(hands, "24-centre-reply")
    hands.click("reply_accept")
    back = stage.out / "stick-back"
    back.mkdir(parents=True)
    target = hands.find("dispatch_target", QWidget)
    target.setFocus()
    hands.press(Qt.Key.Key_End)
    hands.choose(back)
    hands.click("dispatch_write")
    stage.picture(hands, "25-centre-answered")
    stage.files += _volumes(back)


def _volumes(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.fzb"))
    if not found:
        raise DemoError("no bundle came back")
    return found


def apply(stage: Stage) -> None:
    """The station takes the answer in; the board shows it."""
    hands = stage.front("station")
    hands.press(Qt.Key.Key_F6)
    hands.click("sync_import")
    hands.choose(*_volumes(stage.out / "stick-back"))
    stage.picture(hands, "26-import-dry-run")
    hands.click("import_accept")
    stage.picture(hands, "27-imported")
    hands.press(Qt.Key.Key_F3)
    stage.picture(hands, "28-board-after-reply")
    view = stage.newest_order("station")
    card = next(card for card in board(stage.desk("station")) if card.id == view.case)
    if view.state is not OrderState.PARTIAL or card.stopped_fen != 6_132_000 or card.sync != 2:
        raise DemoError("the reply did not reach the board")


def looks(stage: Stage) -> None:
    """Every page in both languages, light and dark; nothing may be clipped or overlap."""
    faults: list[str] = []
    for name, keys in PAGES.items():
        hands = stage.front(name)
        kit = stage.places[name].program.kit
        for language in LANGUAGES:
            for scheme in SCHEMES:
                kit.words.set_language(language)
                kit.theme.set_scheme(scheme)
                for key in keys.split():
                    *shift, plain = key.split("+")
                    hands.press(getattr(Qt.Key, f"Key_{plain}"), _SHIFT if shift else _NONE)
                    window = hands.find("main_window", QWidget)
                    shot = f"looks/{name}-{key}-{language}-{scheme.value}"
                    stage.picture(hands, shot)
                    faults += [
                        f"{shot}: {fault}" for fault in clipped_texts(window) + overlaps(window)
                    ]
        kit.words.set_language(LANGUAGES[0])
        kit.theme.set_scheme(SCHEMES[0])
    if faults:
        raise DemoError("; ".join(faults[:5]))
