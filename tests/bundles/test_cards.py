"""Cards: every letter is signed, and the shown key is the one that signed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bundles.signed_files.cards import (
    APPROVAL,
    ENROLMENT,
    NAMESPACE,
    card_id,
    fits_card,
    make_card,
    parse_card,
)
from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import PeerCard
from desktop.sealing.fingerprint import grouped
from desktop.sealing.sshsig import sign
from tests.bundles.volumes import CENTRE, DESK, STRANGER
from tests.support.sweep import examples

AT = "2026-11-24T01:30:00.000Z"


def desk_card() -> str:
    return make_card(ENROLMENT, DESK, "620102000000", "城关分局张掖路派出所", "A", "desk", AT)


def centre_card(approves: PeerCard) -> str:
    return make_card(
        APPROVAL, CENTRE, "620100000000", "兰州市反诈中心", "Z", "centre", AT, approves=approves
    )


def test_enrolment() -> None:
    text = desk_card()
    card = parse_card(text)
    assert card == PeerCard(
        ENROLMENT, DESK.device_id, "620102000000", "城关分局张掖路派出所", "A", "desk",
        DESK.signing_line, DESK.age.recipient.text, AT, key=DESK.device_id,
    )  # fmt: skip
    for shown in (DESK.signing_line, DESK.age.recipient.text, grouped(DESK.device_id)):
        assert shown in text
    assert DESK.age.text not in text


def test_approval_names_the_card_it_approves() -> None:
    enrolment = parse_card(desk_card())
    approval = parse_card(centre_card(enrolment))
    assert (approval.kind, approval.role, approval.device) == (APPROVAL, "centre", CENTRE.device_id)
    assert (approval.approves, approval.approves_card) == (DESK.device_id, card_id(enrolment))
    assert card_id(replace(enrolment, unit_name="另一所")) != card_id(enrolment)


@pytest.mark.parametrize("change", ["\r\n", "bom", "space"])
def test_mail_and_notepad_do_no_harm(change: str) -> None:
    text = desk_card()
    changed = {
        "\r\n": text.replace("\n", "\r\n"),
        "bom": "\ufeff" + text,
        "space": f"\n {text}\n\n",
    }
    assert parse_card(changed[change]) == parse_card(text)


@given(st.data())
@settings(max_examples=examples(200))
def test_any_altered_character_is_noticed(data: st.DataObject) -> None:
    text = desk_card().rstrip()
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda mark: mark != text[at]))
    changed = text[:at] + other + text[at + 1 :]
    try:
        card = parse_card(changed)
    except TrustError:
        return
    assert changed.split() == text.split()  # only white space at an end of the card was touched
    assert card == parse_card(text)


def forged(**changes: str) -> str:
    """A desk's card with lines replaced, honestly signed again by the stranger."""
    body = desk_card().partition("-----BEGIN")[0]
    lines = [line.partition(": ") for line in body.split("\n")]
    rows = [f"{label}{colon}{changes.get(label, value)}" for label, colon, value in lines]
    body = "\n".join(rows)
    return body + sign(body.encode(), STRANGER.signing, NAMESPACE)


def test_nobody_signs_for_another() -> None:
    line, device = STRANGER.signing_line, grouped(STRANGER.device_id)
    for text in (
        forged(),
        forged(**{"signing-key": line}),
        forged(device=device),
        forged(**{"signing-key": line}, device=device, kind="approval"),
        forged(**{"signing-key": line}, device=device, **{"age-recipient": "age1qqq"}),
        forged(**{"signing-key": line}, device=device, **{"unit-name": ""}),
        forged(**{"signing-key": line}, device=device.lower()),
    ):
        with pytest.raises(TrustError, match=r"card\.damaged"):
            parse_card(text)
    assert parse_card(forged(**{"signing-key": line}, device=device)).device == STRANGER.device_id


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_card"),
        ("hello", "not_a_card"),
        ("Fanzha Desk card 3\nkind: x\n", "newer_version"),
        ("Fanzha Desk card 1\nkind: enrolment\n", "damaged"),
        ("Fanzha Desk card 1\n" + "x" * 9000 + "-----BEGIN SSH SIGNATURE-----\n", "damaged"),
    ],
)
def test_other_texts_are_named(text: str, code: str) -> None:
    with pytest.raises(TrustError, match=rf"card\.{code}"):
        parse_card(text)


@given(st.sampled_from("xé派😀\ud800"), st.integers(-1, 1))
@settings(max_examples=examples(20))
def test_a_card_has_at_most_8_kib_in_octets(sign_of_text: str, beside: int) -> None:
    octets = len(sign_of_text.encode("utf-8", "surrogatepass"))
    count = 8192 // octets + beside
    assert fits_card(sign_of_text * count) == (count * octets <= 8192)


@pytest.mark.parametrize("name", ["", " x", "two\nlines", "tab\there", "名" * 201, "a\u2028b"])
def test_a_name_that_does_not_fit_is_a_mistake_of_the_caller(name: str) -> None:
    with pytest.raises(ValueError, match="card"):
        make_card(ENROLMENT, DESK, "620102000000", name, "A", "desk", AT)


def test_an_approval_needs_a_card_to_approve() -> None:
    with pytest.raises(ValueError, match="approv"):
        make_card(APPROVAL, DESK, "1", "所", "A", "desk", AT)
    with pytest.raises(ValueError, match="approv"):
        make_card(ENROLMENT, DESK, "1", "所", "A", "desk", AT, approves=parse_card(desk_card()))


def test_a_device_that_changed_its_keys_stays_the_device_it_was() -> None:
    text = make_card(
        ENROLMENT, STRANGER, "620102000000", "张掖路派出所", "A", "desk", AT,
        device=DESK.device_id, former=DESK,
    )  # fmt: skip
    card = parse_card(text)
    assert (card.device, card.fingerprint) == (DESK.device_id, STRANGER.device_id)
    assert card.succeeds == DESK.device_id
    alone = text[: text.rindex("-----BEGIN")]
    by_another = alone + sign(
        text.partition("-----BEGIN")[0].encode(), CENTRE.signing, "fanzha-succession"
    )
    as_a_card = alone + sign(text.partition("-----BEGIN")[0].encode(), DESK.signing, NAMESPACE)
    first = desk_card() + sign(b"", CENTRE.signing, "fanzha-succession")
    for forged in (alone, by_another, as_a_card, first, text + text[text.rindex("-----BEGIN") :]):
        with pytest.raises(TrustError, match=r"^card\.damaged$"):
            parse_card(forged)
    lost = make_card(
        ENROLMENT, STRANGER, "620102000000", "张掖路派出所", "A", "desk", AT, device=DESK.device_id
    )
    assert parse_card(lost).succeeds == ""
