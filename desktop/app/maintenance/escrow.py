"""The centre's copy of a station's master key: laid down, asked for, given back.

When a station has lost every password and the printed code, its key file still holds the master key, sealed to the
centre. The station writes a request, the centre opens the copy and seals it to a key the station made for this one
answer. A request can not be signed - the station's keys are what is locked - so both sides read out its check code.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Final

from desktop.app.installation import Installation
from desktop.app.keys.master_copy import ANSWER, COPY, open_master, seal_master
from desktop.domain.errors import RuleError, TrustError, UserInputError
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Json
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ESCROW_OPENED
from desktop.runtime.files.atomic_file import write_atomic
from desktop.sealing.age_identity import AgeIdentity, AgeRecipient
from desktop.sealing.fingerprint import grouped, short_digest, spell
from desktop.services.exchange.peers.trust import peers
from desktop.services.officers.second_officer import SecondOfficer, require_second

_REQUEST: Final = "fanzha-escrow-request"
_VERSION: Final = 1
_MOST: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What a station asks with. ``copy``: the age file that only the centre opens; ``answer_to``: an ``age1…`` text."""

    device: DeviceId
    unit_name: str
    copy: bytes
    answer_to: str
    code: str
    """What both sides read out: changes with every letter of the request."""


def make_request(installation: Installation) -> tuple[bytes, str]:
    """At the station, with nobody signed in: the request, and the code to read out to the centre.

    A former request is answered no more. Raises ``WorldError("escrow.missing")``.
    """
    copy, profile = installation.key_file().escrow(), installation.profile()
    once = AgeIdentity.generate()
    write_atomic(installation.paths.escrow_answer_key, once.text.encode("ascii"))
    document = {
        "format": _REQUEST, "version": _VERSION, "device": profile.device, "unit": profile.unit_name,
        "copy": base64.b64encode(copy).decode("ascii"), "answer_to": once.recipient.text,
    }  # fmt: skip
    data = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    return data, _code(data)


def read_request(data: bytes) -> Request:
    """Raises ``TrustError("escrow.damaged")``."""
    try:
        document = json.loads(data[:_MOST])
        _require(document["format"] == _REQUEST and document["version"] == _VERSION)
        copy = base64.b64decode(document["copy"], validate=True)
        AgeRecipient.from_text(document["answer_to"])
        return Request(
            DeviceId(str(document["device"])), str(document["unit"]), copy, document["answer_to"],
            _code(data),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TrustError("escrow.damaged") from error


def answer_request(
    centre: Installation, data: bytes, code: str, second: SecondOfficer | None = None
) -> bytes:
    """At the centre: the answer, which only the machine that asked can open. It goes into the journal.

    ``code`` is what the station read out. The answer opens every case of the station, so two officers give it.

    Raises:
        RuleError: ``rights.missing``; ``escrow.not_a_centre``; what :func:`require_second` raises.
        UserInputError: ``escrow.code`` when the request is another one than the station made.
        TrustError: ``escrow.damaged``; ``escrow.stranger`` for a station that is not enrolled here, or no longer.
    """
    desk = centre.session
    desk.require(Permission.ADMINISTER)
    if desk.profile.role is not InstallationRole.CENTRE:
        raise RuleError("escrow.not_a_centre")
    request = read_request(data)
    if _plain(code) != _plain(request.code):
        raise UserInputError("escrow.code")
    known = {peer.card.device for peer in peers(desk) if not peer.revoked}
    if request.device not in known:
        raise TrustError("escrow.stranger")
    subject = device_subject(desk.profile.device)
    fields: dict[str, Json] = {"device": request.device, "code": request.code}
    with desk.store.write() as transaction:
        fields |= require_second(desk, transaction, second)
        master = open_master(COPY, request.device, request.copy, centre.key_ring().identities)
        transaction.append(desk.officer.number, NewEntry(ESCROW_OPENED, subject, fields))
    return seal_master(ANSWER, request.device, master, AgeRecipient.from_text(request.answer_to))


def recover_with_answer(
    installation: Installation, answer: bytes, number: str, new_password: str
) -> None:
    """At the station: give an officer a new password. The key the answer was sealed to is used up.

    Raises ``TrustError("escrow.damaged")`` for an answer to another request or another machine.
    """
    try:
        once = AgeIdentity.from_text(installation.paths.escrow_answer_key.read_text("ascii"))
    except (ValueError, OSError) as error:
        raise TrustError("escrow.damaged") from error
    master = open_master(ANSWER, installation.profile().device, answer, (once,))
    installation.recover_with(master, number, new_password)
    installation.paths.escrow_answer_key.unlink(missing_ok=True)


def _require(fit: bool) -> None:  # noqa: FBT001 - it is the whole question
    if not fit:
        raise ValueError


def _code(data: bytes) -> str:
    return grouped(spell(short_digest(hashlib.sha256(data).digest())))


def _plain(code: str) -> str:
    return "".join(mark for mark in code.upper() if mark.isalnum())
