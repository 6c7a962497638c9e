"""The shared folder on the settings page: chosen, kept, used in rounds, given up; a share that went away is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.app.pages.shared_folder import SharedFolder
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.demo.gallery import clipped_texts
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.progress import SILENT
from desktop.runtime.texts.settings import Settings, load_settings, save_settings
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.exchange_folder import exchange_folder, mailbox
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.look_up import board
from desktop.services.session import Session
from desktop.ui.settings.settings_page import ChosenSettings, SettingsPage
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import HandClock
from tests.support.seat_fixtures import centre, centre_seat, seat, session
from tests.support.sessions import a_form
from tests.ui.pages.file_page import FilePage

__all__ = ["centre", "centre_seat", "seat", "session"]


class Office:
    """A settings page of an installation with its shared folder."""

    def __init__(self, kit: Kit, qtbot: QtBot, at: Session, folder: str = "") -> None:
        self.chosen = ChosenSettings(Settings(shared_folder=folder))
        self.screen = SettingsPage(kit, self.chosen)
        self.shared = SharedFolder(kit, at, self.chosen, self.screen)
        self.shared.add_to(self.screen)
        qtbot.addWidget(self.screen)
        self.page = FilePage(qtbot, self.screen)
        self.page.show(1294, 692)
        self.moved = 0
        self.shared.moved.connect(self._count)

    def _count(self) -> None:
        self.moved += 1


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_bundles_move_by_themselves(
    kit: Kit, qtbot: QtBot, session: Session, centre: Session, quick_folder: Path, language: str
) -> None:
    kit.texts.set_language(language)
    folder = quick_folder / "shared"
    folder.mkdir()
    case = register_report(session, a_form(session)).case
    station = Office(kit, qtbot, session)
    assert not station.page.shown("shared_look")
    station.page.click("shared_choose")
    station.page.choose_in_dialog(folder)
    assert station.chosen.settings.shared_folder == str(folder)
    assert list(mailbox(folder, centre.profile.device).glob("*.fzb"))
    city = Office(
        kit, qtbot, replace(centre, quarantine=Quarantine(quick_folder / "q")), str(folder)
    )
    city.page.click("shared_look")
    assert [card.id for card in board(centre)] == [case]
    station.page.click("shared_look")
    assert board(session)[0].sync == 2
    assert (station.moved, city.moved) == (2, 1)
    assert station.page.text("shared_last")
    assert clipped_texts(station.screen) == []


def test_a_share_that_went_away_is_reported_and_given_up(
    kit: Kit, qtbot: QtBot, session: Session, centre: Session, quick_folder: Path
) -> None:
    station = Office(kit, qtbot, session, str(quick_folder / "gone"))
    stuck: list[bool] = []
    station.shared.stuck.connect(stuck.append)
    station.page.click("shared_look")
    assert "连不上共享文件夹" in station.page.message("shared_banner")
    station.page.click("shared_stop")
    assert stuck == [True, False]
    assert station.chosen.settings.shared_folder == ""
    assert not station.page.shown("shared_banner")
    assert station.moved == 0


@pytest.mark.parametrize("minutes", [0, 90])
def test_a_sender_whose_clock_is_ahead_is_reported_until_the_next_bundle(
    kit: Kit, qtbot: QtBot, session: Session, centre: Session, quick_folder: Path, minutes: int
) -> None:
    folder = quick_folder / "shared"
    folder.mkdir()
    register_report(session, a_form(session))
    assert isinstance(session.clock, HandClock)
    sender = replace(session, clock=HandClock(session.clock.now() + timedelta(minutes=minutes)))
    exchange_folder(sender, folder, SILENT)
    quarantine = Quarantine(quick_folder / "q")
    city = Office(kit, qtbot, replace(centre, quarantine=quarantine), str(folder))
    city.page.click("shared_look")
    assert board(centre)
    city.page.click("shared_look")  # nothing new
    assert city.page.shown("shared_ahead") is bool(minutes)
    assert ("还晚 90 分钟" in city.page.text("shared_ahead")) is bool(minutes)


def test_what_is_still_being_copied_alarms_nobody_and_what_is_refused_is_named(
    kit: Kit, qtbot: QtBot, session: Session, centre: Session, quick_folder: Path
) -> None:
    folder, stick = quick_folder / "shared", quick_folder / "stick"
    for place in (folder, stick):
        place.mkdir()
    register_report(session, a_form(session))
    (volume,) = export_bundle(session, stick, SILENT).volumes
    whole = (stick / volume.name).read_bytes()
    (folder / volume.name).write_bytes(whole[: len(whole) // 2])
    kept = replace(centre, quarantine=Quarantine(quick_folder / "q"))
    city = Office(kit, qtbot, kept, str(folder))
    city.page.click("shared_look")
    assert "1 卷还没拷完" in city.page.text("shared_last")
    assert city.page.message("shared_banner") == ""
    (folder / volume.name).write_bytes(whole)
    (folder / "值班表.fzb").write_bytes(b"no bundle")
    city.page.click("shared_look")
    assert len(board(centre)) == 1
    assert city.page.text("shared_banner_detail").startswith("值班表.fzb：")
    assert (folder / "refused" / "值班表.fzb").read_bytes() == b"no bundle"
    assert kept.quarantine.rows() == (), "nothing that could ever be taken in"
    assert clipped_texts(city.screen) == []


def test_who_may_not_exchange_sees_no_folder(
    kit: Kit, qtbot: QtBot, session: Session, centre: Session, quick_folder: Path
) -> None:
    auditor = replace(session, officer=Officer("620999", "赵敏", (Role.AUDITOR,)))
    office = Office(kit, qtbot, auditor, str(quick_folder))
    assert office.screen.findChildren(QWidget, "shared_choose") == []


def test_the_choice_is_kept(quick_folder: Path) -> None:
    path = quick_folder / "settings.toml"
    save_settings(path, Settings(shared_folder="/mnt/共享"))
    assert load_settings(path).settings.shared_folder == "/mnt/共享"
    path.write_text("shared_folder = 7\n", "utf-8")
    assert load_settings(path).settings.shared_folder == ""
