"""Our check digits beside those of python-stdnum, which others wrote from the same standards."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum import bitcoin, imei, luhn
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_2, mod_11_10

from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.identifiers.documents.resident_id import resident_check_digit
from desktop.domain.identifiers.documents.uscc import uscc_check_digit
from desktop.domain.identifiers.money.accounts import bank_code_digit
from desktop.domain.identifiers.money.luhn import luhn_digit, luhn_valid
from desktop.domain.reference.directories import NoDirectories
from tests.domain.identifiers.conftest import TODAY
from tests.support.every_row import every_row

DIGITS = "0123456789"
USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text(DIGITS, min_size=12, max_size=18))
def test_luhn(body: str) -> None:
    assert luhn_digit(body) == luhn.calc_check_digit(body)
    assert luhn_valid(body) == luhn.is_valid(body)


@given(st.text(DIGITS, min_size=17, max_size=17))
def test_resident_ids(body: str) -> None:
    assert resident_check_digit(body) == mod_11_2.calc_check_digit(body)


@given(st.text(DIGITS, min_size=11, max_size=11))
def test_clearing_codes(body: str) -> None:
    assert bank_code_digit(body) == mod_11_10.calc_check_digit(body)


@given(st.text(USCC, min_size=17, max_size=17))
def test_organisations(body: str) -> None:
    assert uscc_check_digit(body) == uscc.calc_check_digit(body)


@given(st.text(DIGITS, min_size=15, max_size=15))
def test_handsets(number: str) -> None:
    problems = check("imei", number, NoDirectories(), TODAY).problems
    assert imei.is_valid(number) == (not set(problems) & {"checksum", "other_number"})


@every_row(
    ("kind", "published", "theirs"),
    [
        ("resident_id", "360426199101010071", ric.is_valid),
        ("uscc", "9 1 110000 600037341L", uscc.is_valid),
        ("uscc", "A1110000600037341L", uscc.is_valid),
        ("imei", "35686800-004141-20", imei.is_valid),
        ("imei", "35-417803-685978-1", imei.is_valid),
        ("imei", "354178036859789", imei.is_valid),
        ("btc", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", bitcoin.is_valid),
        ("btc", "BC1QARDV855YJNGSPVXUTTQ897AQCA3LXJU2Y69JCE", bitcoin.is_valid),
        ("btc", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfX", bitcoin.is_valid),
    ],
)
def test_the_examples_of_its_documentation(kind: str, published: str, theirs: object) -> None:
    assert callable(theirs)
    found = check(kind, published, NoDirectories(), TODAY)
    assert (found.verdict is not CheckVerdict.INVALID) == theirs(published)


def test_a_taproot_address_that_it_does_not_know_yet() -> None:
    """The published example of BIP 350: a reason to keep our own."""
    address = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
    assert check("btc", address, NoDirectories(), TODAY).verdict is CheckVerdict.VALID
    assert not bitcoin.is_valid(address)
