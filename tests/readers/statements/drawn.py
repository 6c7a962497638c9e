"""Look-alikes of statements in PDF: titles and headers as the institutions print them, people invented."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import typst

from desktop.runtime.files.resources import resource_path

_SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 297mm, height: 210mm, margin: 12mm, footer: context align(center, text(7pt)[
  第 #counter(page).display() 页 / 共 #counter(page).final().first() 页
]))
#set text(font: "Noto Sans SC", size: 7.5pt)
#set par(leading: 3pt)
#align(center, text(13pt, weight: "bold", data.title))
#for line in data.above [ #line \\ ]
#table(
  columns: data.widths.map(width => width * 1fr), stroke: none, inset: (x: 3pt, y: 5pt), align: horizon,
  table.header(..data.header.map(name => [#name])),
  ..data.rows.flatten().map(cell => [#cell]),
)
#for line in data.below [ #line \\ ]
"""


@dataclass(frozen=True)
class Drawing:
    """What is printed. ``widths`` are shares of the page."""

    title: str
    header: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    above: Sequence[str] = ()
    below: Sequence[str] = ()


def pdf(drawing: Drawing) -> bytes:
    data = json.dumps(vars(drawing), ensure_ascii=False)
    fonts = str(resource_path("fonts"))
    made = typst.compile(  # type: ignore[misc]  # its stub knows octets, but cannot tell them from a list
        _SOURCE.encode(), font_paths=[fonts], ignore_system_fonts=True, sys_inputs={"data": data}
    )
    assert isinstance(made, bytes)
    return made
