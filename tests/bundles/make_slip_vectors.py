"""Makes the vectors of urgent slips of several codes: what was scanned, in order, and the verdict a reader must give.

A file holds the contents of the codes in hex, one a line. The verdict is "" when every slip among them is whole, opens
and is signed by the desk of the vectors; ``slip.incomplete`` when a code is missing.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

from desktop.bundles.codes import slip
from desktop.bundles.codes.slip import seal_orders, seal_slip
from desktop.bundles.codes.slip_codes import codes_of
from desktop.sealing.keys import DeviceKeys

Vectors = dict[str, tuple[bytes, str]]


def orders(count: int) -> list[dict[str, Any]]:
    """Invented orders, each about an account of its own."""
    return [
        {
            "order": hashlib.sha256(f"order {number}".encode()).hexdigest()[:32],
            "number": f"620102000000-20261124-A-0017-Z{number}",
            "kind": "stop",
            "amount_fen": 9_800_000 + number,
            "payee.account": str(6230520000000000000 + 7919**number % 10**13),
            "payee.name": "陈某某",
            "reason": "受害人接到冒充客服退款电话后被骗转账，请立即紧急止付。" * 3,
        }
        for number in range(count)
    ]


def slips(session: DeviceKeys, centre: DeviceKeys, stranger: DeviceKeys) -> Vectors:
    """Name of the file, its content, its verdict."""
    to = centre.age.recipient.text
    codes = codes_of(seal_orders(orders(20), session, to), 300)
    others = codes_of(seal_orders(orders(3), session, to), 200)
    elsewhere = codes_of(seal_orders(orders(3), session, stranger.age.recipient.text), 200)
    single = seal_slip({"order": "1"}, session, to)
    first = slip._head(b"")[:3]  # the mark of a slip of one code
    assert single.startswith(first)
    found = {
        "good": (codes, ""),
        "other-order-and-repeats": ([*codes[::-1], *codes], ""),
        "two-mixed": ([*codes[:2], *others, *codes[2:]], ""),
        "with-a-single": ([codes[0], single, *codes[1:]], ""),
        "first-missing": (codes[1:], "slip.incomplete"),
        "last-missing": (codes[:-1], "slip.incomplete"),
        "one-of-another-slip": ([*codes[:-1], others[-1]], "slip.incomplete"),
        "part-exchanged": ([*codes[:-1], _with(codes[-1], part=b"x")], "slip.mixed"),
        "numbers-exchanged": (
            [_with(codes[0], number=2), _with(codes[1], number=1), *codes[2:]], "slip.mixed",
        ),
        "another-digest": ([_with(code, digest=bytes(16)) for code in codes], "slip.mixed"),
        "another-count": ([_with(codes[0], count=99), *codes[1:]], "slip.damaged"),
        "number-zero": ([_with(codes[0], number=0), *codes[1:]], "slip.damaged"),
        "flipped-bit": ([codes[0][:-1] + bytes([codes[0][-1] ^ 1]), *codes[1:]], "slip.damaged"),
        "empty-part": ([codes[0][:25], *codes[1:]], "slip.damaged"),
        "newer": ([b"FZ3" + codes[0][3:]], "slip.newer_version"),
        "no-slip": ([b"https://example.org/"], "slip.not_a_slip"),
        "to-another": (elsewhere, "slip.not_for_us"),
        "signed-by-a-stranger": (codes_of(seal_orders(orders(3), stranger, to)), "slip.signature"),
        "single-in-parts": (codes_of(single[13:], 200), "slip.signature"),
    }  # fmt: skip
    return {
        f"slips-{name}.txt": ("".join(f"{code.hex()}\n" for code in made).encode(), verdict)
        for name, (made, verdict) in found.items()
    }


def _with(code: bytes, **changed: Any) -> bytes:
    """The code with another field, its check sum right again."""
    digest, number, count = code[3:19], code[19], code[20]
    head = b"FZ2" + changed.get("digest", digest)
    head += bytes((changed.get("number", number), changed.get("count", count)))
    part: bytes = changed.get("part", code[25:])
    sealed: bytes = head + zlib.crc32(head + part).to_bytes(4, "big") + part
    return sealed
