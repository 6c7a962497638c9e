"""The length of a voice message, by its packets; what is cut counts as far as it goes."""

from __future__ import annotations

from desktop.domain.evidence.recording_kinds import silk_seconds
from tests.support.every_row import every_row

PACKET = b"\x04\x00abcd"


@every_row(
    ("data", "seconds"),
    [
        (b"\x02#!SILK_V3" + PACKET * 500 + b"\xff\xff", 10),
        (b"#!SILK_V3" + PACKET * 500, 10),
        (b"\x02#!SILK_V3" + PACKET * 3, 1),
        (b"\x02#!SILK_V3" + PACKET * 100 + b"\x04\x00ab", 2),
        (b"\x02#!SILK_V3" + PACKET * 100 + b"\xff\xff" + PACKET * 900, 2),
        (b"\x02#!SILK_V3", None),
        (b"#!AMR\n" + PACKET * 9, None),
        (b"", None),
    ],
)
def test_packets_of_twenty_milliseconds(data: bytes, seconds: int | None) -> None:
    assert silk_seconds(data) == seconds
