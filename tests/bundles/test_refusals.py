"""Whatever is wrong with a volume, it is refused with its name and nothing of it is published."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.bundles.volumes.layout import SIGNATURE, TAG_LIST, BundleLimits
from desktop.bundles.volumes.reader import read_volume
from desktop.bundles.volumes.tar_format import END, member_header, padding
from desktop.domain.errors import TrustError, WorldError
from desktop.domain.exchange.volumes import VolumeManifest
from tests.bundles import volumes
from tests.bundles.refusing import HONEST, WHAT, refused, sealed
from tests.bundles.volumes import BLOBS, CENTRE, DESK, STRANGER, Sink, trust_desk
from tests.support.sweep import examples

TOLERANT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def test_the_forger_can_make_an_honest_volume(tmp_path: Path) -> None:
    """Otherwise the refusals below would prove nothing."""
    sink = Sink()
    assert volumes.read(sealed(HONEST, tmp_path), sink) == WHAT
    assert tuple(sink.lines) == volumes.LINES
    volumes.read(volumes.seal(volumes.tar(HONEST), tmp_path / "no-note", note=None))
    path, _ = volumes.write(tmp_path)
    assert volumes.read(path) == WHAT


@given(st.data())
@settings(parent=TOLERANT, max_examples=examples(200))
def test_any_flipped_bit_on_the_medium(tmp_path: Path, data: st.DataObject) -> None:
    path, _ = volumes.write(tmp_path)
    octets = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, 400) | st.integers(0, len(octets) - 1))
    octets[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(octets)
    sink = Sink()
    with pytest.raises(TrustError) as caught:
        volumes.read(path, sink)
    assert caught.value.code.startswith("bundle.")
    if at > 800:
        assert caught.value.code == "bundle.damaged"


@given(st.data())
@settings(parent=TOLERANT, max_examples=examples(100))
def test_any_cut(tmp_path: Path, data: st.DataObject) -> None:
    path, written = volumes.write(tmp_path)
    keep = data.draw(st.integers(0, 900) | st.integers(0, written.size - 1))
    path.write_bytes(path.read_bytes()[:keep])
    refused(path, "bundle.truncated")


def test_anything_behind(tmp_path: Path) -> None:
    path, _ = volumes.write(tmp_path)
    path.write_bytes(path.read_bytes() + b"x")
    refused(path, "bundle.damaged")


@given(st.data())
@settings(parent=TOLERANT, max_examples=examples(150))
def test_any_flipped_bit_inside(tmp_path: Path, data: st.DataObject) -> None:
    """Sealed again by somebody who has the centre's public key but not the desk's signing key."""
    stream = bytearray(volumes.tar(HONEST))
    stream[data.draw(st.integers(0, len(stream) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path = volumes.seal(bytes(stream), tmp_path / "x.fzb")
    with pytest.raises(TrustError, match=r"^bundle\."):
        volumes.read(path)


@given(st.integers(0, len(volumes.tar(HONEST)) - 1))
@TOLERANT
def test_a_stream_that_ends_early(tmp_path: Path, keep: int) -> None:
    stream = volumes.tar(HONEST)[:keep]
    refused(volumes.seal(stream, tmp_path / "x.fzb"), "bundle.profile")


def test_a_stream_that_goes_on(tmp_path: Path) -> None:
    for more in (b"\0", bytes(512), member_header("bundle-001/data/x", 0)):
        refused(volumes.seal(volumes.tar(HONEST) + more, tmp_path / "x.fzb"), "bundle.profile")


@pytest.mark.parametrize("index", range(len(HONEST)))
def test_each_member_missing_doubled_or_swapped(tmp_path: Path, index: int) -> None:
    missing = HONEST[:index] + HONEST[index + 1 :]
    doubled = HONEST[: index + 1] + HONEST[index:]
    swapped = HONEST.copy()
    other = (index + 1) % len(HONEST)
    swapped[index], swapped[other] = swapped[other], swapped[index]
    exchanged = HONEST.copy()
    exchanged[index] = (HONEST[index][0], HONEST[other][1])
    for parts in (missing, doubled, swapped, exchanged):
        with pytest.raises(TrustError, match=r"^bundle\.(profile|signature|damaged)"):
            volumes.read(sealed(parts, tmp_path))


def test_a_size_note_that_lies(tmp_path: Path) -> None:
    stream = volumes.tar(HONEST)
    refused(volumes.seal(stream, tmp_path / "x", note=len(stream) + 1), "bundle.truncated")
    refused(volumes.seal(stream, tmp_path / "x", note=len(stream) - 1), "bundle.damaged")


EVIL = (
    "../x", "data/../../x", "/etc/passwd", "~/x", "~root/x", "C:/x", "C:\\x", "\\\\host\\share\\x", "data\\x",
    "data/./manifest.json", "data//manifest.json", "data/BLOBS/x", "DATA/manifest.json", "data/blobs/CON", "data/a\nb",
    "data/blobs/\x00x", "fetch.txt", "data/fetch.txt", "manifest-md5.txt", "tagmanifest-md5.txt", ".hidden", "data/x.",
)  # fmt: skip


def header_with(name: bytes, size: int = 0, kind: bytes = b"0", link: bytes = b"") -> bytes:
    """A well-formed ustar header with any name, type and link target."""
    block = bytearray(member_header("bundle-001/x", size))
    block[:100] = name.ljust(100, b"\0")[:100]
    block[156:157] = kind
    block[157:257] = link.ljust(100, b"\0")
    block[148:156] = b"        "
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize("prefix", ["bundle-001/", ""])
def test_evil_names(tmp_path: Path, name: str, prefix: str) -> None:
    evil = header_with((prefix + name).encode())
    stream = volumes.tar(HONEST)
    for at in (0, len(volumes.tar(HONEST[:3])) - len(END), len(stream) - len(END)):
        path = volumes.seal(stream[:at] + evil + stream[at:], tmp_path / "x.fzb")
        refused(path, "bundle.profile")


@pytest.mark.parametrize("kind", [bytes([code]) for code in b"\x00123456789xgLKDSVN"])
def test_links_devices_and_other_kinds(tmp_path: Path, kind: bytes) -> None:
    stream = volumes.tar(HONEST)
    first = len(volumes.tar(HONEST[:1])) - len(END)
    evil = header_with(b"bundle-001/bag-info.txt", 0, kind, b"/etc/passwd")
    for path in (
        volumes.seal(stream[:first] + evil + stream[first:], tmp_path / "inserted"),
        volumes.seal(evil + stream[512:], tmp_path / "replaced"),
    ):
        refused(path, "bundle.profile")


@pytest.mark.parametrize(
    "rows",
    [
        [("0" * 64, "data/../x")], [("0" * 64, "data/blobs/" + "0" * 64)], [("0" * 64, "data/extra")],
        [("0" * 64, "data/readme.pdf")],
    ],
)  # fmt: skip
def test_lists_that_name_more_than_there_is(
    tmp_path: Path, rows: Sequence[tuple[str, str]]
) -> None:
    parts = volumes.members(WHAT, volumes.payload(WHAT), extra_rows=rows)
    refused(sealed(parts, tmp_path), "bundle.profile")


def test_a_signed_member_the_manifest_does_not_name(tmp_path: Path) -> None:
    payload = [*volumes.payload(WHAT), ("data/extra", b"x")]
    refused(sealed(volumes.members(WHAT, payload), tmp_path), "bundle.profile")


def test_other_signers(tmp_path: Path) -> None:
    parts = volumes.members(WHAT, volumes.payload(WHAT), keys=STRANGER)
    refused(sealed(parts, tmp_path), "bundle.signature")  # the manifest still names the desk
    foreign = replace(WHAT, sender=replace(WHAT.sender, device=STRANGER.device_id))
    refused(
        sealed(volumes.members(foreign, volumes.payload(foreign)), tmp_path), "bundle.signature"
    )


@pytest.mark.parametrize(
    "signature",
    [b"", b"x", b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n", b"\xff" * 100],
)
def test_no_signature(tmp_path: Path, signature: bytes) -> None:
    parts = [(name, signature if name == SIGNATURE else data) for name, data in HONEST]
    refused(sealed(parts, tmp_path), "bundle.signature")


def test_a_signature_from_another_volume(tmp_path: Path) -> None:
    other = volumes.manifest((b"other",))
    foreign = dict(volumes.members(other, volumes.payload(other, (b"other",))))
    parts = [(name, foreign[name] if name == SIGNATURE else data) for name, data in HONEST]
    refused(sealed(parts, tmp_path), "bundle.signature")
    parts = [
        (name, foreign[name] if name in {SIGNATURE, TAG_LIST} else data) for name, data in HONEST
    ]
    refused(sealed(parts, tmp_path), "bundle.signature")


def test_a_blob_that_is_not_its_name(tmp_path: Path) -> None:
    payload = volumes.payload(WHAT)
    payload[-1] = (payload[-1][0], bytes(len(BLOBS[-1])))
    rows = [(hashlib.sha256(data).hexdigest(), name) for name, data in volumes.payload(WHAT)]
    listed = "".join(f"{digest}  {name}\n" for digest, name in rows).encode()
    parts = volumes.members(WHAT, payload, tags={"manifest-sha256.txt": listed})
    sink = Sink()
    with pytest.raises(TrustError, match=r"bundle\.damaged"):
        volumes.read(sealed(parts, tmp_path), sink)
    assert sink.aborted == [WHAT.blobs[-1].sha256]
    assert WHAT.blobs[-1].sha256 not in sink.committed


@pytest.mark.parametrize(
    "limits",
    [
        BundleLimits(file=100), BundleLimits(tag_file=50), BundleLimits(signature=10), BundleLimits(manifest=100),
        BundleLimits(readme=5), BundleLimits(journal=5), BundleLimits(blobs=2),
    ],
)  # fmt: skip
def test_everything_is_bounded(tmp_path: Path, limits: BundleLimits) -> None:
    path, _ = volumes.write(tmp_path)
    with pytest.raises(TrustError, match=r"bundle\.too_large"):
        read_volume(path, (volumes.CENTRE.age,), Sink(), volumes.trust_desk, limits=limits)


OF_HONEST = dict(HONEST)
SIZES = {
    "tag_file": max(len(data) for name, data in HONEST if "/" not in name and name != SIGNATURE),
    "signature": len(OF_HONEST[SIGNATURE]),
    "manifest": len(OF_HONEST["data/manifest.json"]),
    "journal": len(OF_HONEST["data/journal.jsonl"]),
    "readme": len(OF_HONEST["data/readme.pdf"]),
    "blobs": len(BLOBS),
}


@pytest.mark.parametrize("name", [*SIZES, "file"])
def test_a_limit_is_the_most_that_is_taken(tmp_path: Path, name: str) -> None:
    path = sealed(HONEST, tmp_path)
    most = SIZES.get(name, path.stat().st_size)

    def within(limit: int) -> VolumeManifest:
        limits = BundleLimits(**{name: limit})
        return read_volume(path, (CENTRE.age,), Sink(), trust_desk, limits=limits)

    assert within(most) == WHAT
    with pytest.raises(TrustError, match=r"^bundle\.too_large$"):
        within(most - 1)


SAID = re.compile(
    r"volumes of (\d+) GiB, member 3 and 6 of (\d+) and (\d+) MiB, a signature of (\d+) KiB, "
    r"a journal of (\d+) GiB and a readme of (\d+) MiB"
)
FORMAT = Path(__file__).parents[2] / "docs" / "bundle-format.md"


def test_the_limits_are_those_that_the_format_paper_names() -> None:
    told = SAID.search(FORMAT.read_text("utf-8"))
    assert told is not None
    units = (1 << 30, 1 << 20, 1 << 20, 1 << 10, 1 << 30, 1 << 20)
    here = BundleLimits()
    assert [int(number) * unit for number, unit in zip(told.groups(), units, strict=True)] == [
        here.file, here.tag_file, here.manifest, here.signature, here.journal, here.readme,
    ]  # fmt: skip
    assert (here.line, here.blobs, here.parts, here.volumes) == (1 << 20, 8_000, 65_536, 999)


def test_an_endless_line_is_bounded(tmp_path: Path) -> None:
    payload = volumes.payload(WHAT)
    payload[1] = (payload[1][0], b"x" * (3 << 20))
    refused(sealed(volumes.members(WHAT, payload), tmp_path), "bundle.too_large")


def test_files_that_are_something_else(tmp_path: Path) -> None:
    path = tmp_path / "x.fzb"
    for data, code in ((b"PK\x03\x04" * 100, "bundle.not_a_bundle"), (b"", "bundle.truncated")):
        path.write_bytes(data)
        refused(path, code)
    path.unlink()
    with pytest.raises(WorldError, match=r"^medium\.gone$"):
        volumes.read(path)


def test_a_later_volume_in_the_folder_of_another(tmp_path: Path) -> None:
    stream = volumes.tar(HONEST, folder="bundle-002")
    refused(volumes.seal(stream, tmp_path / "x.fzb"), "bundle.profile")


def test_a_sink_that_fails_aborts_its_blob(tmp_path: Path) -> None:
    path, _ = volumes.write(tmp_path)

    class Full(Sink):
        def blob(self, ref: object) -> object:  # type: ignore[override]
            return FullBlob(self)

    class FullBlob:
        def __init__(self, sink: Sink) -> None:
            self.sink = sink

        def write(self, data: bytes) -> int:
            raise WorldError("disk.full")

        def commit(self) -> None:
            raise AssertionError

        def abort(self) -> None:
            self.sink.aborted.append("x")

    sink = Full()
    with pytest.raises(WorldError, match=r"disk\.full"):
        volumes.read(path, sink)
    assert sink.aborted == ["x"]


def test_names_in_the_stream_are_those_of_the_format() -> None:
    """The forger's tar is the writer's: a member of 8 GiB has its size in a pax record."""
    giant = 9 << 30
    header = member_header("bundle-001/data/blobs/" + "0" * 64, giant)
    assert len(header) == 3 * 512
    assert b"size=%d\n" % giant in header
    assert len(padding(giant)) == 0
    assert DESK.device_id == WHAT.sender.device
