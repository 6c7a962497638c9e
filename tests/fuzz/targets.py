"""What is fuzzed: a reader, and the samples its damage starts from."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from desktop.bundles.codes.slip import open_slip, seal_orders, seal_slip
from desktop.bundles.codes.slip_codes import codes_of, read_code
from desktop.bundles.signed_files.cards import ENROLMENT, make_card, parse_card
from desktop.bundles.signed_files.package_file import read_package, write_package
from desktop.bundles.volumes.reader import read_volume
from desktop.domain.exchange.data_package import PackageHead, PackageKind
from desktop.readers.codes.find_codes import find_codes
from desktop.readers.contents.mail import is_mail
from desktop.readers.contents.worker import answer
from desktop.readers.decoding.decoder import Decoder
from desktop.readers.heif.photograph import exif_of
from desktop.readers.heif.worker import answer as decoded_photograph
from desktop.readers.ocr.worker import recognised
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.readers.statements.open_statement import open_statement
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.processes import gray_pictures
from desktop.runtime.processes.gray_pictures import check_picture
from desktop.sealing.keys import DeviceKeys
from tests.bundles import volumes
from tests.readers.codes.test_find_codes import drawn
from tests.readers.contents.test_mail import carrying
from tests.readers.statements.drawn import Drawing, pdf
from tests.readers.test_hostile_files import workbook

TESTS: Final = Path(__file__).parents[1]
BILLS: Final = TESTS / "readers" / "statements"
PICTURES: Final = TESTS / "readers" / "ocr" / "samples"
PHOTOGRAPHS: Final = TESTS / "readers" / "heif" / "samples"


@dataclass(frozen=True)
class Target:
    """``read`` gives anything or raises an ``AppError``; whatever else it does is a finding."""

    samples: Callable[[], list[bytes]]
    read: Callable[[bytes], object]
    beside: bool = False
    """Whether a process beside the desk decodes, and is given up when it takes too long."""
    hasten: Callable[[], None] = lambda: None
    """Makes the worker leave out what only costs time; a finding is read again without it."""


def _bills(*endings: str) -> list[bytes]:
    found = [path for path in BILLS.rglob("*") if path.name.endswith(endings)]
    return [path.read_bytes() for path in sorted(found)]


def _statement(data: bytes) -> object:
    return len(open_statement(io.BytesIO(data), "260314").whole().rows)


def _pages() -> list[bytes]:
    head = ("交易时间", "交易对方", "收/支", "金额(元)", "交易单号")
    row = ("2026-11-24 10:12:35", "王五", "支出", "98000.00", "4200002026112410123")
    cells = "".join(f"<td>{cell}</td>" for cell in row)
    names = "".join(f"<th>{name}</th>" for name in head)
    page = f"<html><meta charset='gb2312'><table><tr>{names}</tr><tr>{cells}</tr></table></html>"
    return [page.encode("gb18030"), page.replace("gb2312", "utf-8").encode()]


def _pdfs() -> list[bytes]:
    head = ("交易时间", "交易对方", "收/支/其他", "金额(元)", "交易单号")
    row = ("2026-11-24 10:12:35", "王五", "支出", "98000.00", "4200002026112410123")
    return [pdf(Drawing("微信支付交易明细证明", head, (2, 2, 1, 1, 3), [row] * 20))]


def _ocr(data: bytes) -> object:
    """Everything before the engine: limits, decoder, scaling."""
    check_picture(data)
    return recognised(_NoEngine(), data).get("width", 0)


class _NoEngine:
    txts = None

    def __call__(self, _image: object) -> Any:
        return self


def _pasted(data: bytes) -> object:
    now = datetime(2026, 11, 24, 2, 31, tzinfo=UTC)
    return len(_READER.read(data.decode("utf-8", "replace")[:100_000], now).proposals)


_KEYS: Final = DeviceKeys.from_bytes(b"FZDK1" + bytes(range(64)))
volumes.DESK = volumes.CENTRE = (
    _KEYS  # the same in every process, so that a kept case can be read again
)
_READER: Final = PastedTextReader(PackedDirectories(resource_path("directories")))


def _read_at_one_size() -> None:
    """A damaged code is mostly none, and then the search renders the page again at two larger sizes: 28 megapixels.

    The decoder kept for all pictures was made when its module was loaded, with a process beside.
    """
    setattr(gray_pictures, "_LONG_SIDES", (400,))  # noqa: B010 - in the worker alone
    setattr(sys.modules[find_codes.__module__], "_DECODER", Decoder(30.0))  # noqa: B010 - as above


def _codes() -> list[bytes]:
    return [drawn("https://qr.alipay.com/fkx1"), *_pdfs()]


def _messages() -> list[bytes]:
    lines = (TESTS / "readers" / "messages.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"].encode() for line in lines]


def _tar() -> list[bytes]:
    what = volumes.manifest()
    return [volumes.tar(volumes.members(what, volumes.payload(what)))]


def _bundle(data: bytes) -> object:
    """Sealed after the damage, so that the reader gets past the seal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.fzb"
        volumes.seal(data, path)
        return _volume(path)


def _sealed() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        return [volumes.seal(data, Path(folder) / "case.fzb").read_bytes() for data in _tar()]


def _sealed_bundle(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.fzb"
        path.write_bytes(data)
        return _volume(path)


def _volume(path: Path) -> int:
    return read_volume(path, (_KEYS.age,), volumes.Sink(), lambda *_: None).entries


def _cards() -> list[bytes]:
    at = "2026-11-24T01:30:00.000Z"
    card = make_card(ENROLMENT, _KEYS, "620102540000", "张掖路派出所", "A", "desk", at)
    return [card.encode()]


def _packs() -> list[bytes]:
    head = PackageHead(
        PackageKind.RULES, "2026-11-24", "2026-11-24T01:30:00.000Z", "620100000000", {}
    )
    return [write_package(head, {"terms.toml": b'version = "1"\n'}, _KEYS)]


def _slips() -> list[bytes]:
    to = _KEYS.age.recipient.text
    return [seal_slip({"order": "1"}, _KEYS, to), seal_orders([{"order": "1"}], _KEYS, to)]


def _slip_codes() -> list[bytes]:
    whole = seal_orders(
        [{"order": str(number)} for number in range(9)], _KEYS, _KEYS.age.recipient.text
    )
    return [*_slips()[:1], *codes_of(whole, 200)]


def _photographs() -> list[bytes]:
    return [path.read_bytes() for path in sorted(PHOTOGRAPHS.glob("*.heic"))]


def _photograph(data: bytes) -> object:
    """Boxes, then the decoder, in this process; the camera's own words."""
    exif_of(data)
    return len(decoded_photograph(data))


def _pictures() -> list[bytes]:
    return [path.read_bytes() for path in sorted(PICTURES.glob("*.png"))]


def _shown(data: bytes) -> object:
    """Whatever a file is shown as; its first octet chooses what it is called. Of a mail what is attached, too."""
    name = _NAMES[data[0] % len(_NAMES)] if data else _NAMES[0]
    found = answer(json.dumps({"name": name, "whole": True}).encode() + b"\n" + data)
    if is_mail(data):
        found += answer(json.dumps({"take": [1, 1]}).encode() + b"\n" + data)
    return len(found)


_NAMES: Final = ("a.txt", "a.csv", "a.html", "a.eml", "a.xls", "a.apk", "a.mht", "a.zip")


def _files() -> list[bytes]:
    mail = b"From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--"
    carried = carrying(carrying()).as_bytes()
    return [mail, carried, *_pages(), workbook(), *_bills(".csv", ".xls")[:6]]


TARGETS: Final[dict[str, Target]] = {
    "csv": Target(lambda: _bills(".csv"), _statement),
    "xls": Target(lambda: _bills(".xls"), _statement, beside=True),
    "xlsx": Target(lambda: [*_bills(".xlsx"), workbook()], _statement, beside=True),
    "html": Target(_pages, _statement, beside=True),
    "pdf": Target(_pdfs, _statement, beside=True),
    "codes": Target(_codes, find_codes, beside=True, hasten=_read_at_one_size),
    "ocr": Target(_pictures, _ocr, beside=True),
    "heif": Target(_photographs, _photograph),
    "contents": Target(_files, _shown, beside=True),
    "pasted": Target(_messages, _pasted),
    "bundle": Target(_tar, _bundle),
    "sealed": Target(_sealed, _sealed_bundle),
    "card": Target(_cards, lambda data: parse_card(data.decode("utf-8", "replace"))),
    "pack": Target(_packs, read_package),
    "slip": Target(_slips, lambda data: open_slip(data, (_KEYS.age,))),
    "slip_code": Target(_slip_codes, read_code),
}
