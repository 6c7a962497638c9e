"""How far a case has got to the centre, on its page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.exchange.delivery import DeliveryStage
from desktop.services.case_sheet import CaseSheet
from desktop.services.exchange.export.delivery import CaseDelivery, FileDelivery
from desktop.ui.shared.widgets.texts.label import Chip
from tests.support.strict import all_of
from tests.ui.case import samples
from tests.ui.case.conftest import Bench

LONG = "微信聊天记录截图（受害人手机导出，第一部分，共三部分）.png"


def sheet(files: int = 4) -> CaseSheet:
    stages = (
        DeliveryStage.HERE,
        DeliveryStage.EXPORTED,
        DeliveryStage.CARRIED,
        DeliveryStage.ACKNOWLEDGED,
    )
    told = CaseDelivery(
        {DeliveryStage.CLOSED: 20, DeliveryStage.HERE: 4},
        (
            *(
                FileDelivery(LONG, f"{n}", stages[n % 4], "KINGSTON" if n % 4 else "")
                for n in range(files)
            ),
            FileDelivery("转账凭证.jpg", "c", DeliveryStage.CLOSED, "KINGSTON"),
        ),
    )
    return replace(samples.sheet(), delivery=told)


def test_counts_and_what_is_under_way(bench: Bench) -> None:
    page = bench.page
    bench.show(sheet())
    assert page.text("case_delivery_entries") == "记录 24 条：仅在本机 4，整包已收到 20"
    assert page.text("case_delivery_files").startswith("证据 5 件：仅在本机 1，已导出 1，")
    words = page.words(page.find("case_delivery"))
    assert words.count("KINGSTON") == 3
    assert "转账凭证" not in words
    bench.show(sheet(9))
    assert "另有 3 份未全部送达" in page.words(page.find("case_delivery"))


def test_each_stage_says_below_the_mouse_what_it_means(bench: Bench) -> None:
    bench.show(sheet())
    chips = bench.page.find("case_delivery").findChildren(Chip)
    assert all_of(chip.toolTip() for chip in chips)
    assert len({chip.toolTip() for chip in chips}) == len({chip.text() for chip in chips})


def test_nothing_is_shown_without_a_centre(bench: Bench) -> None:
    card = bench.page.widget.overview.findChild(QWidget, "case_delivery")
    assert card is not None
    assert not card.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_fits_in_both_languages(bench: Bench, language: str) -> None:
    bench.kit.texts.set_language(language)
    bench.show(sheet())
    page = bench.page
    page.qtbot.waitUntil(lambda: clipped_texts(page.widget) + overlaps(page.widget) == [])
