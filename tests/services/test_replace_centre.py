"""Another centre in the place of the one a desk named: signed by that one, or by two officers with a paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import TrustError
from desktop.domain.installation.ceremony import Ceremony
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.our_centre import receivers, require_centre
from desktop.services.exchange.peers.replace_centre import replace_centre
from desktop.services.exchange.peers.trust import own_card, peers, read_card, trust_peer
from desktop.services.exchange.peers.vouch_for import vouch_for
from desktop.services.officers.confirm_trust import confirm_trust
from desktop.services.officers.trust_changes import acknowledge_changes, unseen_changes
from desktop.services.officers.unconfirmed import to_confirm
from desktop.services.ports import Pdf
from desktop.services.session import Session
from tests.support.ceremony import approve, colleague, enrol, own_password
from tests.support.error_texts import refused
from tests.support.journals import length
from tests.support.sessions import Seat, a_form, take_seat


@pytest.fixture
def successor(quick_folder: Path) -> Iterator[Session]:
    made = take_seat(
        quick_folder / "successor", "C", unit_code="620100000000", unit_name="新市反诈中心",
        role=InstallationRole.CENTRE,
    )  # fmt: skip
    yield made.session
    made.session.store.close()


def test_the_former_centre_signs_the_card_of_its_successor(
    session: Session, centre: Session, successor: Session
) -> None:
    card = vouch_for(centre, own_card(successor))
    assert read_card(session, card).vouched_by == centre.profile.device
    done = replace_centre(session, card)
    assert (done.record, done.centre.card.device) == (None, successor.profile.device)
    assert require_centre(session) == done.centre
    assert [peer.card.device for peer in receivers(session)] == [successor.profile.device]
    former = next(p for p in peers(session) if p.card.device == centre.profile.device)
    assert not former.revoked, "what it sent is still taken"


def test_without_the_signature_it_takes_head_second_officer_and_paper(
    session: Session, centre: Session, successor: Session
) -> None:
    card, kept = own_card(successor), list[Pdf]()
    before = length(session)
    clerk = replace(session, officer=Officer("620150", "赵敏", (Role.FRONT_DESK,)))
    refused("centre.not_head", lambda: replace_centre(clerk, card, None, kept.append))
    refused("second.needed", lambda: replace_centre(session, card, None, kept.append))
    assert length(session) == before
    enrol(session, Officer("620178", "孙立", (Role.FRONT_DESK,)))
    refused("centre.no_record", lambda: replace_centre(session, card, colleague(session)))
    before = length(session)
    with pytest.raises(OSError, match="paper"):
        replace_centre(session, card, colleague(session), _out_of_paper)
    assert (length(session), require_centre(session).card.device) == (before, centre.profile.device)
    done = replace_centre(session, card, colleague(session), kept.append)
    assert kept == [done.record]
    assert require_centre(session).card.device == successor.profile.device
    assert done.centre.ceremony is Ceremony.TWO


def _out_of_paper(_record: Pdf) -> None:
    raise OSError("paper")


def test_nobody_but_the_former_centre_vouches(
    session: Session, centre: Session, successor: Session, quick_folder: Path
) -> None:
    other = take_seat(
        quick_folder / "false", "C", unit_code="620100000000", role=InstallationRole.CENTRE
    )
    card = vouch_for(other.session, own_card(successor))
    refused("second.needed", lambda: replace_centre(session, card, None, lambda _record: None))
    genuine = vouch_for(centre, own_card(successor))
    assert (
        read_card(session, vouch_for(other.session, genuine)).vouched_by
        == other.session.profile.device
    )
    lines = genuine.split("\n")
    for number in range(len(lines)):
        for spoiled in ("", lines[number].replace("centre", "desk"), lines[number][::-1]):
            text = "\n".join([*lines[:number], spoiled, *lines[number + 1 :]])
            if text.strip() == genuine.strip() or spoiled != spoiled.strip():
                continue
            try:
                found = read_card(session, text)
            except TrustError:
                continue
            assert found == read_card(session, genuine), "a changed card was believed"
    refused(
        "centre.not_its_card", lambda: replace_centre(session, own_card(other_desk(quick_folder)))
    )
    refused("centre.not_a_centre", lambda: vouch_for(session, own_card(successor)))
    other.session.store.close()


def other_desk(folder: Path) -> Session:
    return take_seat(folder / "plain", "B").session


def test_a_card_with_the_centres_device_and_another_key_is_no_renewal(
    session: Session, centre: Session, successor: Session
) -> None:
    """Anybody can make a card that bears the centre's device and a key of their own."""
    at = "2026-11-24T02:40:00.000Z"
    profile = replace(successor.profile, device=centre.profile.device)
    forged = successor.cards.card(profile, at)
    assert read_card(session, forged).device == centre.profile.device
    refused("centre.another", lambda: trust_peer(session, forged))
    refused("second.needed", lambda: replace_centre(session, forged, None, lambda _record: None))
    assert require_centre(session).card.fingerprint == centre.cards.fingerprint().replace("-", "")


def test_a_desk_the_centre_vouches_for_is_enrolled_from_the_file_alone(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    other = other_desk(quick_folder)
    refused("founding.peer", lambda: trust_peer(session, own_card(other)))
    peer = trust_peer(session, vouch_for(centre, own_card(other)))
    assert peer.ceremony is Ceremony.CENTRE
    assert other.profile.device in {one.card.device for one in receivers(session)}


def test_the_answer_of_the_centre_confirms_the_founding(
    seat: Seat, centre_seat: Seat, quick_folder: Path
) -> None:
    from desktop.bundles.volumes.quarantine import Quarantine  # noqa: PLC0415
    from desktop.centre.ingest import ingest  # noqa: PLC0415
    from desktop.centre.replies import write_replies  # noqa: PLC0415
    from desktop.services.exchange.take_in.apply_bundle import apply_bundle  # noqa: PLC0415

    session, centre = seat.session, centre_seat.session
    trust_peer(session, approve(centre, own_card(session)))
    assert [one.kind for one in to_confirm(session)][-1] == "party"
    register_report(session, a_form(session))
    out, back = quick_folder / "out", quick_folder / "back"
    out.mkdir()
    back.mkdir()
    export_bundle(session, out, SILENT)
    ingest(centre, Quarantine(quick_folder / "q"), [out], SILENT)
    write_replies(centre, back, SILENT)
    apply_bundle(session, [back], SILENT)
    assert not [one for one in to_confirm(session) if one.ceremony is Ceremony.FOUNDING]
    (peer,) = peers(session)
    assert peer.ceremony is Ceremony.CENTRE


def test_what_one_did_is_confirmed_by_two_others_and_shown_until_acknowledged(
    session: Session, centre: Session
) -> None:
    enrol(session, Officer("620178", "孙立", (Role.FRONT_DESK,)))
    waiting = [one.subject for one in to_confirm(session)]
    refused("confirm.own", lambda: confirm_trust(session, waiting, colleague(session)))
    other = replace(session, officer=Officer("620178", "孙立", (Role.FRONT_DESK,)))
    own_password(session, "620134")
    refused("second.needed", lambda: confirm_trust(other, waiting))
    assert confirm_trust(other, waiting, colleague(other, "620134")) == len(waiting)
    assert to_confirm(session) == ()
    refused(
        "trust.nothing_to_confirm",
        lambda: confirm_trust(other, waiting, colleague(other, "620134")),
    )
    assert unseen_changes(other) == ()
    third = replace(session, officer=Officer("620190", "钱多", (Role.FRONT_DESK,)))
    enrol(session, third.officer)
    told = unseen_changes(other)
    assert [(one.about, one.by, one.founding) for one in told] == [("620190", "620134", True)]
    acknowledge_changes(other, told)
    assert unseen_changes(other) == ()
    assert unseen_changes(third) == (), "nobody is told of what was before their time"
