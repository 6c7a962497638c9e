"""The list of papers says how each left the screen, and claims no print that nobody made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.case_file.views import HistoryRow
from desktop.services.ports import FormSpec
from desktop.ui.intake.pages.papers import done_model, done_rows, paper_rows, papers_model
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.tables.rows_model import TONE_ROLE

START = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)
FORM = FormSpec("acceptance_receipt", {"zh_CN": "受案回执"}, "criminal_2022")


def printed_row(minute: int, copies: str | None) -> HistoryRow:
    """A print, a file, or what an earlier version noted when it drew."""
    fields = [("form", FORM.id), ("pages", "1"), *([("copies", copies)] if copies else [])]
    at = START + timedelta(minutes=minute)
    return HistoryRow(at, "620134", "document.printed", "case/1", tuple(fields), "A", minute)


@pytest.mark.parametrize(
    ("history", "shown", "tone", "done"),
    [
        ([], "未打印", Tone.NEUTRAL, []),
        ([None], "已生成 10:31:07", Tone.NEUTRAL, ["生成文书（是否打印没有记录）"]),
        (["0"], "已存文件 10:31:07", Tone.OK, ["文书存为文件"]),
        (["2"], "已打印 10:31:07", Tone.OK, ["打印文书"]),
        (["2", "0", None], "已打印 10:31:07", Tone.OK, None),
        (["1", "2"], "已打印 10:32:07", Tone.OK, None),
        ([None, "0"], "已存文件 10:32:07", Tone.OK, None),
    ],
)
def test_a_print_a_file_and_a_drawing_have_different_texts(
    kit: Kit, history: list[str | None], shown: str, tone: Tone, done: list[str] | None
) -> None:
    rows = tuple(printed_row(minute, copies) for minute, copies in enumerate(history))
    papers = papers_model(kit)
    papers.set_rows(paper_rows(kit, (FORM,), (), rows))
    assert papers.index(0, 1).data() == shown
    assert papers.index(0, 1).data(TONE_ROLE) is tone, "green once it is out of the program"
    if done is not None:
        model = done_model(kit)
        model.set_rows(done_rows(rows))
        assert [model.index(at, 1).data() for at in range(model.rowCount())] == done


def test_what_was_done_on_another_day_says_so(kit: Kit) -> None:
    history = (printed_row(-60 * 11, "1"), printed_row(0, "2"))
    papers, done = papers_model(kit), done_model(kit)
    papers.set_rows(paper_rows(kit, (FORM,), (), history[:1]))
    done.set_rows(done_rows(history))
    assert papers.index(0, 1).data() == "已打印 昨天 23:31"
    assert [done.index(at, 0).data() for at in (0, 1)] == ["10:31:07", "昨天 23:31"]
