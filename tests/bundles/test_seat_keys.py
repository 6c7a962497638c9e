"""What PCs of a centre share: opened by those it is for, and by nobody else; nothing in it can be changed."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from desktop.bundles.signed_files.cards import ENROLMENT, make_card
from desktop.bundles.signed_files.seat_keys import (
    SHARED,
    SharedKeys,
    open_shared,
    seal_shared,
)
from desktop.domain.errors import TrustError
from desktop.domain.records.fields import Json
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import sign

ROOT, SEAT, OTHER = (DeviceKeys.generate() for _ in range(3))

TITLE = "Fanzha Desk seat keys 1\n"


def card_of(keys: DeviceKeys, unit: str = "620100000000") -> str:
    return make_card(ENROLMENT, keys, unit, "市反诈中心", "C", "centre", "2026-11-24T01:00:00.000Z")


def sealed(content: Mapping[str, Json], signer: DeviceKeys = ROOT, card: str = "") -> str:
    return seal_shared(card or card_of(ROOT), (SEAT.age.recipient.text,), content, signer)


def opened(text: str, keys: DeviceKeys = SEAT) -> SharedKeys:
    return open_shared(text, (keys.age,))


def test_only_who_it_is_for_opens_it() -> None:
    text = sealed({"master": "ab"})
    assert "master" not in text
    shared = opened(text.replace("\n", "\r\n"))
    assert (shared.content, shared.signer.device) == ({"master": "ab"}, ROOT.device_id)
    assert "ab" not in repr(shared)
    with pytest.raises(TrustError, match=r"seat_keys\.for_another"):
        opened(text, OTHER)


def test_what_was_changed_or_signed_by_another_is_refused() -> None:
    text = sealed({"master": "ab"})
    with pytest.raises(TrustError, match=r"seat_keys\.newer_version"):
        opened(text.replace("seat keys 1", "seat keys 2"))
    body, mark = text.split("\n")[1], "-----BEGIN SSH SIGNATURE-----"
    swapped = sealed({"master": "cd"}).split(mark)[0] + mark + text.split(mark)[1]
    by_another = sealed({"master": "ab"}, signer=OTHER)
    for wrong in ("", body, swapped, by_another, text.replace("市", "县"), text[:-9], text * 2):
        with pytest.raises(TrustError, match=r"seat_keys\.damaged"):
            opened(wrong)


def signed(document: object) -> str:
    """What the root signs itself, however it is spelled."""
    body = f"{TITLE}{json.dumps(document)}\n"
    return body + sign(body.encode(), ROOT.signing, SHARED.namespace)


def test_what_its_own_signer_spells_otherwise_is_refused() -> None:
    text = sealed({"master": "ab"})
    document = json.loads(text.removeprefix(TITLE).splitlines()[0])
    assert opened(signed(document)).content == {"master": "ab"}
    for change in (
        {"more": ""},
        {"sealed": document["sealed"] + "*"},
        {"sealed": "*" + document["sealed"]},
    ):
        with pytest.raises(TrustError, match=r"^seat_keys\.damaged$"):
            opened(signed({**document, **change}))
    for name in document:
        with pytest.raises(TrustError, match=r"^seat_keys\.damaged$"):
            opened(signed({key: value for key, value in document.items() if key != name}))
