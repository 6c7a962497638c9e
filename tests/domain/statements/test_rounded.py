"""Of an account that a spreadsheet rounded only what is surely true is believed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.statements.rounded import believed, damaged, zeroed

KEPT, LONG = 15, 18
"""Digits that a spreadsheet keeps of a number, and of the shortest account that it surely spoils."""
ACCOUNTS = st.from_regex(r"[1-9][0-9]{12,20}", fullmatch=True)


def rounded(account: str) -> str:
    """As a spreadsheet writes it out again."""
    return (
        f"{float(account):.{KEPT - 1}e}".replace(".", "").partition("e")[0].ljust(len(account), "0")
    )


@given(ACCOUNTS)
def test_of_a_rounded_account_what_rounding_leaves_alone_is_believed(account: str) -> None:
    kept = rounded(account)
    if len(kept) < LONG:
        assert believed(kept) == kept
    else:
        known = believed(kept).rstrip("*")
        assert len(believed(kept)) == len(kept)
        assert account.startswith(known), "rounded down or up"
        assert len(known) == len(kept[:KEPT].rstrip("0")) - 1


@given(ACCOUNTS)
def test_an_account_with_a_digit_behind_those_that_are_kept_is_whole(account: str) -> None:
    assert zeroed(account) is (len(account) >= LONG and set(account[KEPT:]) == {"0"})
    assert zeroed(account) or believed(account) == account
    power = f"{float(account):.5E}"
    assert damaged(power)
    assert not damaged(account)
    assert believed(power) == ""
