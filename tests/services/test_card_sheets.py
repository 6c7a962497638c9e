"""Cards as codes and on paper: what is drawn and printed is read again, and whatever else is brought is refused."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace

import pytest
import segno
from PIL import Image

from desktop.app.typesetting import typesetter
from desktop.bundles.signed_files.cards import CODE_OCTETS, card_of_code, code_of_card
from desktop.domain.errors import AppError, TrustError
from desktop.runtime.texts.catalogue import Catalogue
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.card_sheets import card_in, card_sheet
from desktop.services.exchange.peers.own_keys import rotate_keys
from desktop.services.exchange.peers.trust import own_card
from desktop.services.session import Session
from tests.documents.pdf_text import all_text, squeezed
from tests.support.ceremony import approve, trust_peer
from tests.support.error_texts import assert_error

_, SHEETS = typesetter(str)


def test_a_card_comes_back_from_its_picture_and_its_page(session: Session, centre: Session) -> None:
    text = own_card(session)
    sheet = card_sheet(replace(session, sheets=SHEETS), text)
    assert card_in(centre, sheet.code) == text
    assert card_in(centre, sheet.page.data) == text
    assert card_in(centre, b"\xef\xbb\xbf" + text.encode()) == text
    assert sheet.page.pages == 1
    printed = all_text(sheet.page.data)
    for group in grouped(session.profile.device).split("-"):
        assert group in printed
    said = Catalogue.load("zh_CN").text(f"trust.say.{session.profile.device[0]}")
    assert squeezed(said) in printed


def test_the_longest_card_fits_one_code(session: Session, centre: Session) -> None:
    trust_peer(session, approve(centre, own_card(session)))
    rotate_keys(session)
    text = own_card(session)
    assert len(text.encode()) > CODE_OCTETS
    code = code_of_card(text)
    assert len(code) <= CODE_OCTETS
    assert card_of_code(code) == text
    for broken in (code[:-1], code + b"x", code[:40] + b"\x00" + code[41:]):
        with pytest.raises(TrustError, match=r"^card\.damaged$"):
            session.cards.parse_card(card_of_code(broken))


def drawn(data: bytes) -> bytes:
    out = io.BytesIO()
    segno.make(data, mode="byte", micro=False).save(out, kind="png", scale=5)
    return out.getvalue()


@pytest.mark.parametrize(
    ("brought", "code"),
    [
        (b"%PDF-1.7 nothing", "card.unreadable"),
        (b"\x00\x01", "card.unreadable"),
        (drawn(b"https://example.com/"), "card.not_a_card"),
        (drawn(b"FZC1 and nothing packed"), "card.not_a_card"),
        (drawn(b"FZC1" + zlib.compress(b"x" * 100_000)[2:-4]), "card.not_a_card"),
    ],
)
def test_what_is_no_card_is_reported(centre: Session, brought: bytes, code: str) -> None:
    with pytest.raises(AppError) as caught:
        card_in(centre, brought)
    assert_error(caught.value, code)


def test_a_picture_without_a_code(centre: Session) -> None:
    png = drawn(b"x")
    blank = io.BytesIO()
    Image.new("L", (400, 400), 255).save(blank, "PNG")
    for brought, code in ((blank.getvalue(), "card.no_code"), (png, "card.not_a_card")):
        with pytest.raises(TrustError) as caught:
            card_in(centre, brought)
        assert_error(caught.value, code)
