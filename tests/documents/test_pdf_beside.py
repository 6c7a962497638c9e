"""Pages of strangers' PDFs are drawn beside; scripts in them do nothing."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.documents.pages.pdf_pages import GuardedPdf
from desktop.documents.pages.pdf_worker import Shelf
from desktop.domain.errors import UserInputError, WorldError
from desktop.runtime.files.resources import resource_path


def pdf(*extra: str) -> bytes:
    """One page, with whatever else is wanted in its catalogue."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {' '.join(extra)} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 4\n0000000000 65535 f \n{table}trailer << /Root 1 0 R /Size 4 >>\nstartxref\n{len(data)}\n%%EOF"
    return data + tail.encode()


@pytest.fixture(scope="module")
def beside() -> Iterator[GuardedPdf]:
    made = GuardedPdf()
    yield made
    made.close()


def test_pages_are_counted_and_drawn(beside: GuardedPdf) -> None:
    data = pdf()
    assert beside.page_count(data) == 1
    assert beside.render_page(data, 0, 50).startswith(b"\x89PNG")
    assert beside.page_text(data, 0) == ""
    with pytest.raises(UserInputError, match=r"^pdf\.no_such_page$"):
        beside.render_page(data, 1, 50)


def test_the_words_of_a_page_are_there_to_copy(beside: GuardedPdf) -> None:
    receipt = (resource_path("samples") / "建行回单.pdf").read_bytes()
    assert "6230 5200 1003 7788 996" in beside.page_text(receipt, 0)


def test_a_script_is_not_run_and_writes_nothing(beside: GuardedPdf, tmp_path: Path) -> None:
    target = tmp_path / "owned"
    script = f"/OpenAction << /S /JavaScript /JS (app.launchURL\\('file://{target}'\\); while\\(true\\);) >>"
    launch = f"/AA << /WC << /S /Launch /F ({target}) >> >>"
    data = pdf(script, launch)
    assert beside.page_count(data) == 1
    assert beside.render_page(data, 0, 50).startswith(b"\x89PNG")
    assert not target.exists()


def packed(names: str) -> bytes:
    """An object within a stream of objects, as PDF 1.5 and later keep them."""
    return b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n%s\nendstream\n" % (
        zlib.compress(f"9 0 << {names} >>".encode())
    )


@pytest.mark.parametrize(
    ("data", "carries"),
    [
        (pdf(), False),
        (pdf("/OpenAction [3 0 R /Fit]", "/A << /S /URI /URI (https://a.example) >>"), False),
        (pdf() + b"1 0 obj <<>>\nstream\n\x89 /JS \x01\nendstream", False),
        (pdf() + packed("/S /GoTo"), False),
        (pdf("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), True),
        (pdf("/OpenAction << /S /#4aavaScript >>"), True),
        (pdf("/AA << /WC << /S /Launch /F (cmd.exe) >> >>"), True),
        (pdf() + packed("/S /SubmitForm"), True),
        (pdf() + packed("/S /GoTo") + packed("/S /SubmitForm"), True),
        # As much as a stranger may have unpacked here: what stands behind it is not looked at.
        (pdf() + packed(" " * (17 << 20)) + packed("/S /SubmitForm"), False),
    ],
)
def test_scripts_and_actions_are_seen(beside: GuardedPdf, data: bytes, carries: bool) -> None:
    assert beside.carries_actions(data) is carries
    receipt = (resource_path("samples") / "建行回单.pdf").read_bytes()
    assert not beside.carries_actions(receipt)


@pytest.mark.parametrize("data", [b"%PDF-1.7 not really", b"%PDF-", pdf()[:80]])
def test_broken_ones_are_reported(beside: GuardedPdf, data: bytes) -> None:
    with pytest.raises(WorldError) as caught:
        beside.page_count(data)
    assert caught.value.code == "pdf.damaged"


def test_a_document_is_sent_once() -> None:
    shelf, data = Shelf(), pdf()
    head = b'{"key": "k", "page": -1, "width": 0}\n'
    assert shelf.answer(head) == b"?"
    assert shelf.answer(head + data) == b"=1"
    assert shelf.answer(head) == b"=1"
