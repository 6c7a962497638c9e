"""What victims bring: text in pictures, workbooks, codes, files, sound."""

from __future__ import annotations

import io

from desktop.domain.progress import SILENT
from desktop.runtime.files.resources import resource_path
from desktop.selftest.bench import PATIENCE, CheckSetup, insist


def reading(bench: CheckSetup) -> None:
    """The text of a drawn form, recognised in the process beside ours."""
    from desktop.app.pages.pictures import draw_first_page  # noqa: PLC0415
    from desktop.readers.ocr.picture_reader import PictureReader  # noqa: PLC0415
    from desktop.services.look_up import board, case_file  # noqa: PLC0415
    from desktop.services.ports import PaperFacts  # noqa: PLC0415

    file = case_file(bench.session, board(bench.session)[0].id)
    pdf = bench.session.papers.render("guidance", PaperFacts(file, {}, bench.session.clock.now()))
    reader = PictureReader()
    try:
        text = reader.read(draw_first_page(pdf.data, 800)).text
    finally:
        reader.close()
    insist(holds="报案" in text, what="text in pictures")


def decoding(bench: CheckSetup) -> None:
    """A workbook and a picture of a code, decoded in the process beside ours."""
    import xlsxwriter  # noqa: PLC0415

    from desktop.readers.codes.find_codes import find_codes  # noqa: PLC0415
    from desktop.readers.statements.open_statement import open_statement  # noqa: PLC0415

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("交易时间", "交易对方", "收/支", "金额(元)"))
        sheet.write_row(1, 0, ("2026-11-24 10:12:35", "自检", "支出", "98.00"))
    (row,) = open_statement(out).whole().rows
    insist(holds=row.amount_fen == 9800, what="workbook")
    codes = find_codes(bench.session.slips.qr_png(b"https://example.com/"))
    insist(holds=[code.text for code in codes] == ["https://example.com/"], what="codes")


def viewing(_bench: CheckSetup) -> None:
    """Files, pictures and pages, each decoded in its process beside ours."""
    from desktop.app.processes.decoders import decoders  # noqa: PLC0415
    from desktop.domain.evidence.contents import DecodedContents  # noqa: PLC0415

    beside, samples = decoders(), resource_path("samples")
    bill = samples / "微信账单.csv"
    with bill.open("rb") as file:
        found = beside.files.read(bill.name, file, bill.stat().st_size, SILENT)
    insist(holds=isinstance(found, DecodedContents) and bool(found.sheets), what="files")
    picture = beside.pictures.decode((samples / "收款码.png").read_bytes())
    insist(holds=picture.width > 0, what="pictures")
    photograph = beside.pictures.decode((samples / "iPhone照片.heic").read_bytes())
    insist(holds=(photograph.width, photograph.height) == (150, 100), what="photographs")
    page = beside.pages.page_text((samples / "建行回单.pdf").read_bytes(), 0)
    insist(holds="6230" in page, what="pages")


def playing(_bench: CheckSetup) -> None:
    """A second of silence, opened by the player."""
    from desktop.ui.evidence.player.link import opens  # noqa: PLC0415

    insist(holds=opens(PATIENCE), what="player")
