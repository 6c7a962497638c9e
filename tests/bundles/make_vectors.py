"""Makes ``tests/bundles/vectors/own``: bundles, cards and slips with the verdict a reader must give.

``python -m tests.bundles.make_vectors`` writes them anew; the keys are fixed and everybody may know them, the seal of
each file is random as it must be. Another reader of the format proves itself on these files and ``expected.json``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.bundles.codes.slip import seal_slip
from desktop.bundles.signed_files import cards
from desktop.bundles.volumes.layout import SIGNATURE
from desktop.bundles.volumes.manifest_json import encode_manifest
from desktop.bundles.volumes.tar_format import END, member_header, padding
from desktop.domain.exchange.volumes import BlobRef, SplitBlob, VolumeManifest
from desktop.domain.ids import BundleId, DeviceId
from desktop.journal.canonical import canonical, parse
from desktop.sealing.age_writer import AgeWriter
from desktop.sealing.keys import DeviceKeys
from tests.bundles import volumes
from tests.bundles.make_slip_vectors import slips
from tests.bundles.volumes import Members

FOLDER = Path(__file__).parent / "vectors" / "own"


def fixed(name: str) -> DeviceKeys:
    """Keys everybody knows: for these vectors and nothing else."""
    secrets = (hashlib.sha256(f"fanzha vector {name} {use}".encode()).digest() for use in "sa")
    return DeviceKeys.from_bytes(b"FZDK1" + b"".join(secrets))


DESK, CENTRE, STRANGER = fixed("desk"), fixed("centre"), fixed("stranger")
SUCCESSOR = fixed("successor")
BLOBS = (b"first blob", b"", bytes(range(256)) * 8)
FILM = bytes(range(251)) * 12
PART = 1024


def manifest(**changes: Any) -> VolumeManifest:
    """An honest volume of the desk to the centre."""
    made = VolumeManifest(
        bundle=BundleId("0198f3c07d3a7cc28a5e000000000001"),
        number="A-000007",
        volume=1,
        volumes=1,
        sender=volumes.sender(DESK),
        receiver=CENTRE.device_id,
        ranges={DESK.device_id: (1, len(volumes.LINES))},
        entries=len(volumes.LINES),
        blobs=tuple(map(volumes.reference, BLOBS)),
        previous="",
        clock="2026-11-24T01:30:00.000Z",
    )
    return replace(made, **changes)


def members(what: VolumeManifest, blobs: tuple[bytes, ...] = BLOBS, **options: Any) -> Members:
    """The signed members of an honest volume."""
    return volumes.members(
        what, volumes.payload(what, blobs), keys=options.pop("keys", DESK), **options
    )


def seal(stream: bytes, to: DeviceKeys = CENTRE, *, note: bool = True) -> bytes:
    """An age file to ``to``."""
    from io import BytesIO  # noqa: PLC0415 - small

    from desktop.bundles.volumes.layout import size_note  # noqa: PLC0415

    sink = BytesIO()
    notes = (size_note(len(stream)),) if note else ()
    with AgeWriter(sink, (to.age.recipient,), notes) as writer:
        writer.write(stream)
    return sink.getvalue()


def film() -> tuple[SplitBlob, list[bytes]]:
    """A blob in three parts."""
    parts = [FILM[at : at + PART] for at in range(0, len(FILM), PART)]
    digests = tuple(hashlib.sha256(part).hexdigest() for part in parts)
    return SplitBlob(BlobRef(hashlib.sha256(FILM).hexdigest(), len(FILM)), PART, digests), parts


def piece_volume(first: int, last: int, volume: int) -> bytes:
    """Volume ``volume`` with parts ``first`` to ``last`` of the film."""
    whole, parts = film()
    contents = whole.contents()[first:last]
    what = manifest(
        volume=volume, volumes=3, ranges={}, entries=0, blobs=(), pieces=contents, split=(whole,)
    )
    payload: Members = [("data/manifest.json", encode_manifest(what))]
    payload += [
        (f"data/pieces/{c.sha256}", p) for c, p in zip(contents, parts[first:last], strict=True)
    ]
    signed = volumes.members(what, payload, keys=DESK)
    return seal(volumes.tar(signed, f"bundle-{volume:03d}"))


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A signed volume whose manifest was changed before it was signed."""
    document = parse(encode_manifest(manifest()))
    change(document)
    payload = volumes.payload(manifest(), BLOBS)
    payload[0] = (payload[0][0], canonical(document))
    return seal(volumes.tar(volumes.members(manifest(), payload, keys=DESK)))


def with_lines(change: Callable[[bytes], bytes]) -> bytes:
    """A volume whose journal was changed before it was signed."""
    payload = volumes.payload(manifest(), BLOBS)
    lines = payload[1][1].splitlines()
    payload[1] = (payload[1][0], b"".join(change(line) + b"\n" for line in lines))
    return seal(volumes.tar(volumes.members(manifest(), payload, keys=DESK)))


def signed_as(**changes: Any) -> bytes:
    """A volume that is whole and says in every place what it should not."""
    return seal(volumes.tar(members(manifest(**changes))))


def with_member(name: str, kind: bytes, link: bytes = b"") -> bytes:
    """An honest archive with one more member of another kind in front of its end."""
    block = bytearray(member_header(f"bundle-001/{name}"[:100], 0))
    block[156:157] = kind
    block[157 : 157 + len(link)] = link
    block[148:156] = b"        "
    block[148:156] = b"%06o\0 " % sum(block)
    stream = volumes.tar(members(manifest()))
    return seal(stream[: -len(END)] + bytes(block) + END)


def good() -> dict[str, bytes]:
    """Volumes a reader takes."""
    honest = volumes.tar(members(manifest()))
    bare = manifest(blobs=(), entries=0, ranges={})
    later = manifest(volume=2, volumes=2, ranges={}, entries=0)
    evidence: Members = [("data/manifest.json", encode_manifest(later))]
    evidence += [(f"data/blobs/{hashlib.sha256(d).hexdigest()}", d) for d in BLOBS]
    empty: Members = [
        ("data/manifest.json", encode_manifest(bare)), ("data/journal.jsonl", b""),
        ("data/readme.pdf", b""),
    ]  # fmt: skip
    return {
        "records-and-evidence": seal(honest),
        "without-size-note": seal(honest, note=False),
        "nothing-inside": seal(volumes.tar(volumes.members(bare, empty, keys=DESK))),
        "evidence-only": seal(
            volumes.tar(volumes.members(later, evidence, keys=DESK), "bundle-002")
        ),
        "parts-1-and-2": piece_volume(0, 2, 2),
        "part-3": piece_volume(2, 3, 3),
    }


def bad() -> dict[str, tuple[bytes, str]]:
    """Volumes a reader refuses, with the reason."""
    parts = members(manifest())
    honest = volumes.tar(parts)
    sealed = seal(honest)
    swapped = [*parts[:-2], parts[-1], parts[-2]]
    spoilt = [*parts[:-1], (parts[-1][0], b"x" * len(parts[-1][1]))]
    unsigned = [(n, b"" if n == SIGNATURE else d) for n, d in parts]
    journal = volumes.payload(manifest(), BLOBS)
    journal[1] = (journal[1][0], journal[1][1] + b"{}\n")
    profile = "bundle.profile"
    return {
        "empty-file": (b"", "bundle.truncated"),
        "no-bundle": (b"holiday pictures", "bundle.not_a_bundle"),
        "cut": (sealed[:-1], "bundle.truncated"),
        "cut-in-half": (sealed[: len(sealed) // 2], "bundle.truncated"),
        "octet-behind": (sealed + b"x", "bundle.damaged"),
        "flipped-bit": (sealed[:-300] + bytes([sealed[-300] ^ 1]) + sealed[-299:], "bundle.damaged"),
        "sealed-to-another": (seal(honest, STRANGER), "bundle.not_for_us"),
        "signed-by-a-stranger": (seal(volumes.tar(members(manifest(), keys=STRANGER))), "bundle.signature"),
        "without-signature": (seal(volumes.tar(unsigned)), "bundle.signature"),
        "wrong-digest": (seal(volumes.tar(spoilt)), "bundle.damaged"),
        "members-swapped": (seal(volumes.tar(swapped)), profile),
        "member-missing": (seal(volumes.tar(parts[:-1])), profile),
        "member-twice": (seal(volumes.tar([*parts, parts[-1]])), profile),
        "member-not-listed": (seal(volumes.tar([*parts, ("data/x", b"x")])), profile),
        "path-outside": (seal(volumes.tar([*parts, ("../x", b"x")])), profile),
        "symbolic-link": (with_member("data/link", b"2", b"/etc/passwd"), profile),
        "device": (with_member("data/null", b"3"), profile),
        "archive-cut": (seal(honest[: -len(END)]), profile),
        "zeros-behind": (seal(honest + bytes(512)), profile),
        "newer-format": (changed(lambda d: d.update(format=2)), "bundle.newer_version"),
        "other-suite": (changed(lambda d: d.update(suite="sm2")), profile),
        "unknown-key": (changed(lambda d: d.update(extra=1)), profile),
        "more-entries-announced": (changed(lambda d: d.update(entries=4)), profile),
        "more-lines-than-announced": (
            seal(volumes.tar(volumes.members(manifest(), journal, keys=DESK))), profile,
        ),
        "blob-outside": (
            changed(lambda d: d["blobs"][0].update(sha256="../../../../etc/passwd")), profile,
        ),
        "bundle-id-not-ascii": (changed(lambda d: d.update(bundle="é" * 32)), profile),
        "bundle-id-with-a-path": (signed_as(bundle=BundleId("../x")), profile),
        "clock-that-is-none": (signed_as(clock="yesterday"), profile),
        "number-of-two-lines": (signed_as(number="A-1\nA-2"), profile),
        "entry-altered": (with_lines(lambda d: d.replace("王".encode(), "汪".encode())), "entry.altered"),
        "entry-spelled-otherwise": (with_lines(lambda d: d.replace(b'":', b'": ', 1)), profile),
        "entries-of-another-place": (signed_as(ranges={DESK.device_id: (2, 4)}), "bundle.incomplete"),
        "entries-of-another-stream": (signed_as(ranges={CENTRE.device_id: (1, 3)}), "bundle.incomplete"),
        "piece-of-nothing": (changed(lambda d: d.update(pieces=[], split=[])), profile),
        "padding-not-zero": (_padded(parts), profile),
        "for-another-receiver": (
            seal(volumes.tar(members(manifest(receiver=DeviceId("0000000000000000"))))),
            "bundle.for_another",
        ),
    }  # fmt: skip


def _padded(parts: Members) -> bytes:
    stream = bytearray(volumes.tar(parts))
    first = len(parts[0][1])
    stream[512 + first] = 1
    assert padding(first)
    return seal(bytes(stream))


def cards_and_slips() -> dict[str, tuple[bytes, str]]:
    """Cards and slips with the reason a reader refuses them for; "" for good ones."""
    card = cards.make_card(
        cards.ENROLMENT, DESK, "620102000000", "城关分局示例派出所", "A", "desk",
        "2026-11-24T01:30:00.000Z",
    )  # fmt: skip
    successor = cards.make_card(
        cards.ENROLMENT, SUCCESSOR, "620102000000", "城关分局示例派出所", "A", "desk",
        "2026-12-24T01:30:00.000Z", device=DESK.device_id, former=DESK,
    )  # fmt: skip
    named_by_nobody = successor[: successor.rindex("-----BEGIN")]
    slip = seal_slip(
        {"order": "1", "payee.account": "6230520010037788996"}, DESK, CENTRE.age.recipient.text
    )
    return {
        "card-good.txt": (card.encode(), ""),
        "card-windows-lines.txt": (card.replace("\n", "\r\n").encode(), ""),
        "card-changed-unit.txt": (card.replace("示例", "另一").encode(), "card.damaged"),
        "card-of-new-keys.txt": (successor.encode(), ""),
        "card-of-new-keys-unsigned.txt": (named_by_nobody.encode(), "card.damaged"),
        "card-newer.txt": (card.replace("card 1", "card 9", 1).encode(), "card.newer_version"),
        "slip-good.bin": (slip, ""),
        "slip-flipped.bin": (slip[:-5] + bytes([slip[-5] ^ 1]) + slip[-4:], "slip.damaged"),
        "slip-newer.bin": (b"FZ3" + slip[3:], "slip.newer_version"),
        "slip-to-another.bin": (
            seal_slip({"order": "1"}, DESK, STRANGER.age.recipient.text), "slip.not_for_us",
        ),
    }  # fmt: skip


def main() -> None:
    """Write every file, the keys, and what is expected."""
    volumes.DESK, volumes.CENTRE, volumes.LINES = DESK, CENTRE, volumes.lines_of(DESK.device_id)
    FOLDER.mkdir(parents=True, exist_ok=True)
    expected: dict[str, str] = {}
    made = {f"good-{name}.fzb": (data, "") for name, data in good().items()}
    made |= {f"bad-{name}.fzb": found for name, found in bad().items()}
    for name, (data, code) in (made | cards_and_slips() | slips(DESK, CENTRE, STRANGER)).items():
        (FOLDER / name).write_bytes(data)
        expected[name] = code
    keys = {
        "note": "Everybody knows these keys. They are for the vectors and nothing else.",
        "identity": CENTRE.age.text,
        "receiver": CENTRE.device_id,
        "sender": DESK.device_id,
        "allowed_signers": f"{DESK.device_id} {DESK.signing_line}",
    }
    for name, document in (("expected.json", expected), ("keys.json", keys)):
        text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
        (FOLDER / name).write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
