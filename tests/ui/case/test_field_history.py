"""The story of every field of a case: by key, with what was superseded, masked like the page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.ui.shared.widgets.texts.label import StruckLabel
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import Bench
from tests.ui.pages.window_page import WindowPage


def opened(bench: Bench) -> WindowPage:
    window = bench.page.widget.window()
    window.activateWindow()
    bench.page.qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    bench.page.press(Qt.Key.Key_F11)
    return bench.page.dialog("field_history_dialog")


def line(dialog: WindowPage, row: int = 0) -> list[str]:
    model = dialog.find("field_history_table", QTableView).model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def value_labels(dialog: WindowPage) -> list[QLabel]:
    QApplication.processEvents()
    return list(dialog.find("field_history_values").findChildren(QLabel))


def test_a_changed_field_shows_what_it_superseded_by_whom_and_how(bench: Bench) -> None:
    dialog = opened(bench)
    assert line(dialog)[3] == "1", "what was changed stands in front"
    dialog.fill("field_history_search", "电话")
    assert line(dialog) == ["案件", zh("case.field.victim_phone"), "138****5687", "1"]
    values = value_labels(dialog)
    now, before = values[0], values[2]
    assert now.text() == "138****5687"
    assert isinstance(before, StruckLabel)
    assert before.text() == "138****5678"
    assert "马晓梅" in values[1].text()
    assert "修改被害人电话" in values[1].text()
    assert "已被取代" in values[2].accessibleName()


def test_typing_finds_any_field_of_any_part(bench: Bench) -> None:
    dialog = opened(bench)
    dialog.fill("field_history_search", "转账 收款")
    assert line(dialog)[0].startswith(zh("case.part.transfer"))
    dialog.fill("field_history_search", "没有这一项")
    table = dialog.find("field_history_table", QTableView)
    assert table.model().rowCount() == 0


def test_the_chosen_payment_comes_first(bench: Bench) -> None:
    bench.page.go_to("money")
    bench.page.widget.parts.money.table.select_key("transfer-2")
    dialog = opened(bench)
    assert line(dialog)[0].startswith(zh("case.part.transfer"))


def test_numbers_are_masked_like_the_page(bench: Bench) -> None:
    shown = [label.text() for label in value_labels(opened(bench))]
    assert samples.VICTIM.phone not in "".join(shown)


def test_it_fits_in_both_languages(bench: Bench) -> None:
    for language in ("zh_CN", "en"):
        bench.kit.texts.set_language(language)
        dialog = opened(bench)
        QApplication.processEvents()
        assert dialog.widget.height() <= 768
        assert clipped_texts(dialog.widget) == []
        assert overlaps(dialog.widget) == []
        dialog.press(Qt.Key.Key_Escape)


def test_a_former_value_is_given_back_by_key(desk: Bench) -> None:
    """Only of what was typed over; what never was another offers nothing."""
    form = form_of(desk.session, samples.CASE)
    before = form.victim.phone
    register_report(desk.session, replace(form, victim=replace(form.victim, phone="13800000001")))
    desk.page.widget.reload()
    desk.runner.run_all()
    dialog = opened(desk)
    dialog.fill("field_history_search", zh("case.field.victim_name"))
    assert not dialog.find("field_history_give_back").isEnabled()
    dialog.fill("field_history_search", zh("case.field.victim_phone"))
    dialog.click("field_history_give_back")
    desk.runner.run_all()
    assert desk.file().case.victim.phone == before
