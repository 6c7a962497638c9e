"""A card that another installation vouches for: both signatures hold, and nothing of either can be put elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bundles.signed_files.cards import (
    CODE_OCTETS,
    ENROLMENT,
    code_of_card,
    make_card,
    parse_card,
)
from desktop.bundles.signed_files.vouched_cards import NAMESPACE, parse_any_card, vouch
from desktop.domain.errors import TrustError
from desktop.sealing.fingerprint import grouped
from desktop.sealing.sshsig import sign
from tests.bundles.test_cards import AT, desk_card
from tests.bundles.volumes import CENTRE, DESK, STRANGER

VOUCHED = vouch(desk_card(), CENTRE)
TITLE, BY = VOUCHED.split("\n")[:2]


def signed_again(body: str) -> str:
    """As a stranger who signs whatever he likes."""
    return body + sign(body.encode(), STRANGER.signing, NAMESPACE)


def test_it_says_who_vouches_and_is_the_card_else() -> None:
    card = parse_any_card(VOUCHED)
    assert card.vouched_by == CENTRE.device_id
    plain = parse_any_card(desk_card())
    assert (plain.vouched_by, plain.fingerprint) == ("", card.fingerprint)
    again = vouch(VOUCHED, STRANGER)
    assert parse_any_card(again).vouched_by == STRANGER.device_id
    assert CENTRE.device_id not in again.replace("-", ""), "whoever vouched before is out of it"


@given(st.integers(0, len(VOUCHED) - 1), st.characters(codec="ascii", exclude_characters="\r\n\t "))
@settings(max_examples=60)
def test_any_altered_sign_is_noticed(place: int, sign_: str) -> None:
    altered = VOUCHED[:place] + sign_ + VOUCHED[place + 1 :]
    if altered == VOUCHED or VOUCHED[place].isspace():
        return
    with pytest.raises(TrustError, match=r"^card\."):
        parse_any_card(altered)


BODY = f"{TITLE}\n{BY}\n{desk_card()}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (VOUCHED.replace("vouched 1", "vouched 2", 1), "card.newer_version"),
        (TITLE, "card.damaged"),
        (f"{TITLE}\n", "card.damaged"),
        (f"{TITLE}\n{BY}\n-----BEGIN SSH SIGNATURE-----", "card.damaged"),
        (VOUCHED + "x" * 100_000, "card.damaged"),
        (signed_again(BODY), "card.damaged"),
        (signed_again(BODY.replace(BY, "vouched-by: nobody")), "card.damaged"),
        (signed_again(BODY.replace(BY, f"vouched by {grouped(STRANGER.device_id)}")), "card.damaged"),
        (signed_again(f"{TITLE}\nvouched-by: {grouped(STRANGER.device_id)}\nno card at all\n"), "card.not_a_card"),
    ],
    ids=("newer", "title", "line", "unsigned", "endless", "body", "nobody", "other_words", "no_card"),
)  # fmt: skip
def test_what_is_put_together_otherwise_is_refused(text: str, code: str) -> None:
    with pytest.raises(TrustError, match=f"^{code}$".replace(".", r"\.")):
        parse_any_card(text)


OTHER_PAIR = f"succeeds: {grouped(STRANGER.device_id)}"


@pytest.mark.parametrize(
    "name",
    ["", "two\nlines", "x" * 10_000, " x", f"x\n{OTHER_PAIR}"],
    ids=("empty", "lines", "endless", "blank", "pair"),
)
def test_no_card_is_made_that_nobody_could_read(name: str) -> None:
    with pytest.raises(ValueError, match="card"):
        make_card(ENROLMENT, DESK, "620102000000", name, "A", "desk", AT)


def test_no_code_holds_more_than_one_code_does() -> None:
    assert parse_card(desk_card())
    with pytest.raises(ValueError, match="one code"):
        code_of_card(
            "".join(chr(0x4E00 + (number * 7919) % 20000) for number in range(4 * CODE_OCTETS))
        )
