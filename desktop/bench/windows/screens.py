"""The text of a phone's screen, and the memory that reading of all kinds takes."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import typst
import xlsxwriter

from desktop.bench.measure import FigureRow, compare
from desktop.readers.ocr.picture_reader import PictureReader
from desktop.runtime.files.resources import resource_path

_SCREEN = """
#set page(width: 360pt, height: 780pt, margin: 18pt)
#set text(font: "Noto Sans SC", size: 13pt)
#align(center, text(26pt)[-98,000.00])
#for (name, value) in data [#text(fill: gray, name) #h(1fr) #value \\ ]
"""
_FACTS = (
    ("当前状态", "支付成功"),
    ("付款时间", "2026年11月24日 10:12:35"),
    ("收款户名", "陈志强"),
    ("收款账号", "6230 5200 1003 7788 996"),
    ("收款银行", "中国农业银行"),
    ("付款方式", "建设银行储蓄卡(1234)"),
    ("转账说明", "任务垫付"),
    ("交易单号", "4200002026112410123456789012"),
    ("商户单号", "2026112422001412345678"),
    ("手续费", "0.00"),
    ("到账时间", "次日到账"),
    ("客服电话", "95533"),
)
_HEADER = ("交易时间", "交易对方", "收/支", "金额(元)", "支付方式", "当前状态", "交易单号", "备注")


def screens(rows: int) -> Iterator[FigureRow]:
    """One phone screen recognised, warm, beside a fixed piece of work; then the memory of reading."""
    reader = PictureReader()
    screen = _screen()
    try:
        reader.read(screen)
        yield compare("ocr_screen", partial(reader.read, screen), _yardstick, 3)
    finally:
        reader.close()
    yield from _memory(rows)


def _yardstick() -> None:
    """What this machine does in about a second of one core: SHA-256 of a gibibyte."""
    digest, block = hashlib.sha256(), bytes(1 << 20)
    for _ in range(1024):
        digest.update(block)


def _screen() -> bytes:
    data = json.dumps(_FACTS, ensure_ascii=False)
    source = f"#let data = json(bytes(sys.inputs.data))\n{_SCREEN}"
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(resource_path("fonts"))],
    )
    made = typst.Compiler(font_paths=fonts).compile(
        input=source.encode(), format="png", ppi=216, sys_inputs={"data": data}
    )
    if not isinstance(made, bytes):
        raise TypeError("a screen is one picture")
    return made


_CHILD = """
import resource, sys
from desktop.readers.codes.find_codes import find_codes
from desktop.readers.ocr.picture_reader import PictureReader
from desktop.readers.statements.open_statement import open_statement
held = []
for name in sys.argv[2:]:
    with open(name, "rb") as source:
        held.append(open_statement(source).whole())
screen = open(sys.argv[1], "rb").read()
find_codes(screen)
reader = PictureReader()
reader.read(screen)
reader.close()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if sys.platform == "linux":  # there that figure begins with the size of whoever started us
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak // 1024)
"""


def _memory(rows: int) -> Iterator[FigureRow]:
    """Peak of the process that asks: every row of a csv and a workbook held, a picture's codes and its text read."""
    if getattr(sys, "frozen", False):
        return
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - only here

    with TemporaryDirectory(prefix="fanzha-bench-", dir=os.environ.get("FANZHA_BENCH_DIR")) as name:
        folder = Path(name)
        screen = folder / "screen.png"
        screen.write_bytes(_screen())
        files = [_csv(folder / "bill.csv", rows), _book(folder / "bill.xlsx", rows // 5)]
        command = [sys.executable, "-c", _CHILD, str(screen), *map(str, files)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter
    yield FigureRow("memory_reading", float(done.stdout), "MiB peak")


def _row(number: int) -> tuple[str, ...]:
    order = f"42000020261124{number:014d}"
    return (
        "2026-11-24 10:12:35",
        f"王{number % 999}",
        "支出",
        f"{number % 9999}.00",
        "零钱",
        "支付成功",
        order,
        "/",
    )


def _csv(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        writer.writerows(map(_row, range(rows)))
    return path


def _book(path: Path, rows: int) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, _HEADER)
        for number in range(rows):
            sheet.write_row(number + 1, 0, _row(number))
    return path
