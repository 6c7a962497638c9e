"""What a file begins with says whether it is a recording; pictures in the same container are none."""

from __future__ import annotations

from desktop.domain.evidence.recording_kinds import is_recording
from tests.support.every_row import every_row

BOX = b"\0\0\0\x20ftyp"
RECORDINGS = [
    BOX + b"isom", BOX + b"M4A ", b"RIFF\1\2\3\4WAVE", b"RIFF\1\2\3\4AVI ", b"FORM\1\2\3\4AIFF", b"FORM\1\2\3\4AIFC",
    b"G" + b"\0" * 187 + b"G", b"\xff\xfb\x90", b"\xff\xf1\x50", b"ID3\4", b"OggS", b"fLaC", b"#!AMR\n",
    b"\x1aE\xdf\xa3", b"FLV\1", b"\0\0\1\xba", b"\0\0\0\x08moov", b".snd", b"caff",
]  # fmt: skip
OTHERS = [
    BOX + b"heic", BOX + b"avif", b"RIFF\1\2\3\4WEBP", b"FORM\1\2\3\4ILBM", b"G" + b"\0" * 188,
    b"GIF89a", b"\xff\xd8\xff\xe0", b"%PDF-1.7", b"PK\3\4", b"\0ID3", b"",
]  # fmt: skip


@every_row("head", RECORDINGS)
@every_row("rest", [b"", b"\0" * 20])
def test_the_player_is_given_recordings(head: bytes, rest: bytes) -> None:
    assert is_recording(head + rest)


@every_row("head", OTHERS)
def test_and_nothing_else(head: bytes) -> None:
    assert not is_recording(head)
