"""A task on the pages of both sides: given, carried in a folder, accepted, finished, carried back, seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.tasks.tasks_screen import TasksScreen
from tests.support.texts import zh
from tests.ui.pages.controls import expect_controls, read_table
from tests.ui.pages.tasks import TasksPage

Make = Callable[[Session], TasksPage]
CENTRE = read_table("""
                        none given finished asked
    tasks_case          -    on    on       on
    tasks_enclose       -    on    off      off
    tasks_give          on   on    on       on
    tasks_kind          on   on    on       on
    tasks_pass_on       -    off   off      on
    tasks_print         -    on    off      off
    tasks_refuse        -    off   off      on
    tasks_table         -    on    on       on
    tasks_view_all      on   on    on       on
    tasks_view_finished on   on    on       on
    tasks_view_open     on   on    on       on
    tasks_view_overdue  on   on    on       on
    tasks_view_requests on   on    on       on
    tasks_view_returned on   on    on       on
    tasks_withdraw      -    on    off      off
""")
STATION = read_table("""
                           given accepted finished asked
    tasks_accept           on    off      off      off
    tasks_ask              on    on       on       on
    tasks_ask_again        off   off      off      off
    tasks_case             on    on       on       on
    tasks_finish           on    on       off      off
    tasks_kind             on    on       on       on
    tasks_print            on    on       off      off
    tasks_return           on    on       off      off
    tasks_table            on    on       on       on
    tasks_view_all         on    on       on       on
    tasks_view_finished    on    on       on       on
    tasks_view_open        on    on       on       on
    tasks_view_overdue     on    on       on       on
    tasks_view_requests    on    on       on       on
    tasks_view_returned    on    on       on       on
    tasks_withdraw_request off   off      off      on
""")
_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def centre(centre: Session) -> Session:
    return replace(centre, ids=centre.ids.bound_to(centre.profile.device))


@pytest.fixture
def make(qtbot: QtBot, kit: Kit) -> Make:
    def made(session: Session) -> TasksPage:
        screen = TasksScreen(kit, session)
        qtbot.addWidget(screen)
        page = TasksPage(qtbot, screen)
        page.show(1294, 692)
        screen.opened()
        return page

    return made


def carry_down(centre: Session, session: Session, folder: Path) -> None:
    write_replies(centre, folder, SILENT)
    assert not apply_bundle(session, [folder], SILENT).problems


def carry_up(session: Session, centre: Session, folder: Path) -> None:
    up = folder / "up"
    up.mkdir()
    export_bundle(session, up, SILENT)
    assert not ingest(centre, Quarantine(folder / "no"), [up], SILENT).problems


def test_a_task_goes_down_is_finished_and_seen(
    make: Make, session: Session, centre: Session, quick_folder: Path
) -> None:
    above = make(centre)
    expect_controls(above.widget, CENTRE, "none")
    above.press(Qt.Key.Key_D, _CTRL)
    dialog = above.active_dialog("give_task_dialog")
    dialog.fill("give_task_name", "白秀英")
    dialog.fill("give_task_words", "见面劝阻，电话 13919364417")
    dialog.click("give_task_accept")
    assert above.column("tasks_table", 4) == [zh("assigned.state.given")]
    expect_controls(above.widget, CENTRE, "given")
    assert "13919364417" not in above.text("tasks_words")

    carry_down(centre, session, quick_folder)
    below = make(session)
    expect_controls(below.widget, STATION, "given")
    assert below.column("tasks_table", 1) == ["白秀英"]
    below.press(Qt.Key.Key_R, _CTRL)
    assert below.column("tasks_table", 3) == [zh("assigned.state.accepted")]
    expect_controls(below.widget, STATION, "accepted")
    below.press(Qt.Key.Key_D, _CTRL)
    dialog = below.active_dialog("finish_task_dialog")
    dialog.fill("finish_task_words", "已当面劝阻")
    dialog.click("finish_task_accept")
    assert below.column("tasks_table", 3) == []
    below.click("tasks_view_finished")
    assert below.column("tasks_table", 3) == [zh("assigned.state.finished")]
    assert "已当面劝阻" in below.text("tasks_answer")
    expect_controls(below.widget, STATION, "finished")

    _asked_and_refused(above, below, partial(carry_up, session, centre, quick_folder))
    carry_down(centre, session, quick_folder)
    _asked_again(below)
    above.click("tasks_view_all")
    assert above.column("tasks_table", 4) == [zh("assigned.state.finished")]
    expect_controls(above.widget, CENTRE, "finished")
    for page in (above, below):
        assert clipped_texts(page.widget) == []
        assert overlaps(page.widget) == []


def _asked_again(below: TasksPage) -> None:
    below.widget.opened()
    below.click("tasks_ask_again")
    dialog = below.active_dialog("again_dialog")
    dialog.fill("again_words", "110 没有见到人")
    dialog.click("again_accept")
    assert sorted(below.column("tasks_table", 3)) == [
        zh("assigned.state.refused"),
        zh("assigned.state.requested"),
    ]
    below.widget.table.select_key(below.widget.table.rows.row_at(0).one.task.id)
    assert zh("assigned.request.again") in below.text("tasks_given")
    assert "13919364417" not in below.text("tasks_words")


def _asked_and_refused(above: TasksPage, below: TasksPage, carried: Callable[[], None]) -> None:
    """The station asks another for something; the centre sees the stations it could go to, and refuses."""
    below.click("tasks_ask")
    dialog = below.active_dialog("request_task_dialog")
    dialog.fill("request_task_name", "白秀英")
    dialog.fill("request_task_words", "回访，电话 13919364417")
    dialog.click("request_task_accept")
    below.click("tasks_view_requests")
    assert below.column("tasks_table", 3) == [zh("assigned.state.requested")]
    expect_controls(below.widget, STATION, "asked")
    carried()
    above.widget.opened()
    above.click("tasks_view_requests")
    assert above.column("tasks_table", 4) == [zh("assigned.state.requested")]
    assert "13919364417" not in above.text("tasks_words")
    expect_controls(above.widget, CENTRE, "asked")
    above.click("tasks_pass_on")
    assert above.widget.banner.isVisible(), "no other station is enrolled"
    above.click("tasks_refuse")
    dialog = above.active_dialog("refuse_request_dialog")
    dialog.fill("refuse_request_reason", "已由110处置")
    dialog.click("refuse_request_accept")
    assert above.column("tasks_table", 4) == [zh("assigned.state.refused")]
    assert "已由110处置" in above.text("tasks_answer")
