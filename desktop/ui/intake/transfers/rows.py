"""Which fields of a transfer stand in which row, and how they share its width."""

from __future__ import annotations

from typing import Final

Rows = tuple[tuple[tuple[str, int], ...], ...]

# Names and their shares of the width; an amount of millions and an hour-long hint fit without
# wrapping.
TOP: Final = (
    ("time", 160),
    ("amount", 118),
    ("channel", 114),
    ("arrival", 164),
    ("number", 158),
)
TOP_NARROW: Final = (
    (("time", 200), ("amount", 150), ("channel", 150)),
    (("arrival", 1), ("number", 1)),
)
"""The same in two rows, where one has no room for a whole time."""
ENDS: Final = (("payer_account", 1), ("payee_account", 1))
NAMES: Final = (
    ("payer_name", 113),
    ("payer_bank", 250),
    ("payee_name", 113),
    ("payee_bank", 250),
)
NAMES_NARROW: Final = (
    (("payer_name", 1), ("payee_name", 1)),
    (("payer_bank", 1), ("payee_bank", 1)),
)
FOLDED: Final = (("time", 160), ("amount", 118), ("channel", 130), ("payee_account", 306))
FOLDED_NARROW: Final = (("time", 204), ("amount", 160), ("payee_account", 350))
SECOND_NUMBER: Final = (("second_number", 1), ("", 1))


RETURNED: Final = (("returned", 1), ("", 3))


def rows_of(*, folded: bool, narrow: bool, second_number: bool, returned: bool = False) -> Rows:
    """The rows of a card from the top."""
    if folded:
        return (FOLDED_NARROW if narrow else FOLDED,)
    rows: Rows = (*TOP_NARROW, ENDS, *NAMES_NARROW) if narrow else (TOP, ENDS, NAMES)
    rows = (*rows, SECOND_NUMBER) if second_number else rows
    return (*rows, RETURNED) if returned else rows
