"""Our own vectors: every good file is taken, every bad one refused for the reason it was made for."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from desktop.bundles.codes.slip import open_slip
from desktop.bundles.codes.slip_codes import read_code
from desktop.bundles.signed_files.cards import parse_card
from desktop.bundles.volumes.reader import read_volume
from desktop.domain.errors import AppError, TrustError
from desktop.domain.exchange.volumes import VolumeManifest
from desktop.domain.orders.sending.slip_collector import SlipCollector
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.fingerprint import device_id
from desktop.sealing.sshsig import parse_public_line
from desktop.services.exchange.take_in.entry_order import CheckingSink
from tests.bundles.volumes import Sink

OWN = Path(__file__).parent / "vectors" / "own"
EXPECTED: dict[str, str] = json.loads((OWN / "expected.json").read_text("utf-8"))
KEYS: dict[str, str] = json.loads((OWN / "keys.json").read_text("utf-8"))
IDENTITY = AgeIdentity.from_text(KEYS["identity"])
SIGNER = parse_public_line(KEYS["allowed_signers"].split(" ", 1)[1])


def judge(path: Path) -> str:
    """The code of the refusal; "" for what is taken."""
    try:
        if path.suffix == ".fzb":
            sink = CheckingSink()
            sink.require(read_volume(path, (IDENTITY,), sink, trusting))
        elif path.name.startswith("slips-"):
            scan_codes(path)
        elif path.suffix == ".txt":
            parse_card(path.read_bytes().decode("utf-8"))
        else:
            data = path.read_bytes()
            assert read_code(data).data == data
            assert open_slip(data, (IDENTITY,)).verified(SIGNER)
    except AppError as error:
        return error.code
    return ""


def scan_codes(path: Path) -> None:
    """As a centre scans one code after the other: each slip is opened as soon as it is whole."""
    collector, opened = SlipCollector(), set()
    for line in path.read_text("ascii").split():
        code = read_code(bytes.fromhex(line))
        collector = collector.put(code)
        begun = collector.of(code)
        if begun is not None and not begun.missing:
            assert open_slip(begun.whole(), (IDENTITY,)).verified(SIGNER)
            collector = collector.without(begun)
            opened.add(begun.slip)
    if any(begun.slip not in opened for begun in collector.begun):
        raise TrustError("slip.incomplete", count=0, missing="")


def trusting(found: VolumeManifest, signer: bytes) -> None:
    """What a receiver that trusts the desk of the vectors checks."""
    if found.receiver != KEYS["receiver"]:
        raise TrustError("bundle.for_another")
    assert signer == SIGNER
    assert device_id(signer) == KEYS["sender"]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_verdict(name: str) -> None:
    assert judge(OWN / name) == EXPECTED[name]


def test_every_file_has_a_verdict_and_every_verdict_a_file() -> None:
    files = {path.name for path in OWN.iterdir()} - {"expected.json", "keys.json"}
    assert files == set(EXPECTED)
    assert sum(not code for code in EXPECTED.values()) >= 9
    assert len({code for code in EXPECTED.values() if code}) >= 10


def test_the_parts_of_the_vectors_make_a_whole() -> None:
    sink = Sink()
    first = read_volume(OWN / "good-parts-1-and-2.fzb", (IDENTITY,), sink, trusting)
    read_volume(OWN / "good-part-3.fzb", (IDENTITY,), sink, trusting)
    (split,) = first.split
    whole = b"".join(sink.committed[part] for part in split.pieces)
    assert len(whole) == split.blob.size
    assert hashlib.sha256(whole).hexdigest() == split.blob.sha256
