"""The card of data: versions and licences in words, and a refused package that says why."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import TrustError
from desktop.domain.exchange.data_package import PackageInForce, PackageKind
from desktop.ui.settings.data import DataCard
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import START
from tests.ui.pages.errors import close_error
from tests.ui.pages.file_page import FilePage

OWN = PackageInForce(PackageKind.RULES, "2026-11-26")
TAKEN = PackageInForce(
    PackageKind.DIRECTORIES, "2026-12-01", "市反诈中心", START, waiting="2027-01-01"
)


def a_card(kit: Kit, qtbot: QtBot) -> tuple[FilePage, DataCard]:
    def take(path: Path) -> PackageInForce:
        raise TrustError("pack.unsigned")

    host = QWidget()
    qtbot.addWidget(host)
    tables = (("银行卡发卡行标识", "2025-12", "MIT"),)
    card = DataCard(kit, lambda: (OWN, TAKEN), take, tables, host)
    card.setParent(host)
    page = FilePage(qtbot, host)
    page.show()
    return page, card


def test_versions_say_whose_they_are(kit: Kit, qtbot: QtBot) -> None:
    page, card = a_card(kit, qtbot)
    assert page.text("pack_rules") == f"2026-11-26 · {kit.texts.text('data_packages.own')}"
    told = page.text("pack_directories")
    assert all(part in told for part in ("2026-12-01", "市反诈中心", "2027-01-01"))
    shown = [label.text() for label in card.findChildren(QLabel)]
    assert "银行卡发卡行标识 · 2025-12 · MIT" in shown


def test_a_refused_pack_says_why(kit: Kit, qtbot: QtBot, tmp_path: Path) -> None:
    page, _ = a_card(kit, qtbot)
    page.click("pack_take")
    page.choose_in_dialog(tmp_path / "x.fzp")
    close_error("pack.unsigned")
    page.widget.close()
