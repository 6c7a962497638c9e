"""``centre init | enrol | ingest | inbox | release | reply | scan``; the way of orders is in dispatch_commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from desktop.app.maintenance.move_database import move_database
from desktop.app.maintenance.renewal import renew_centre
from desktop.app.processes.ingest_beside import ingest_beside, require_side_by_side
from desktop.app.processes.ingest_process import Asker
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.inbox import StationRow, stations
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.centre.scan import Scanned, ScannedOrder, ScannedSlip, take_codes
from desktop.centre.slip_pictures import scan
from desktop.centre.waiting_slips import WaitingSlip, waiting_slips
from desktop.cli.centre import call_commands, dispatch_commands, seat_commands
from desktop.cli.centre.chosen_database import add_database, chosen_database
from desktop.cli.centre_session import centre_session
from desktop.cli.context import CommandContext, CommandOutcome, add_second
from desktop.cli.exchange.bundle_rows import folder_there, nothing_in_words, taken_in, volume_rows
from desktop.cli.exchange.quarantine_commands import (
    quarantine_lines,
    quarantine_rows,
    release_at_centre,
)
from desktop.cli.exchange.watch_commands import add_watch
from desktop.cli.profile.station_commands import first_officer, make_profile
from desktop.cli.trust import centre_list_commands
from desktop.cli.trust.card_files import read_card_file, write_card_file
from desktop.cli.trust.key_commands import add_rotate
from desktop.cli.trust.peer_texts import peer_name
from desktop.domain.errors import UserInputError
from desktop.domain.installation.ceremony import Ceremony
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.domain.orders.sending.slip_collector import PartialSlip, SlipCollector
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import show_time
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.sealing.backup_key_file import new_backup_key
from desktop.sealing.fingerprint import grouped
from desktop.services.brought_file import read_brought
from desktop.services.exchange.peers.backup_key import choose_backup
from desktop.services.exchange.peers.trust import approve, find_peer, read_card
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle
from desktop.services.officers.second_officer import TypedSecond
from desktop.services.session import Session

# ``centre init --db`` and ``centre database``: on which server the centre's journal lies. ``centre renew``: after an
# older backup of it was restored.


def declare_database(
    verb: Callable[[str, object], Any], init: argparse.ArgumentParser, texts: Catalogue
) -> None:
    """Declare the options and the commands."""
    verb("renew", begin_anew)
    moving = verb("database", choose_database)
    add_second(moving, texts)
    add_database(init, needed=False)
    add_database(moving, needed=True)


def choose_database(context: CommandContext) -> CommandOutcome:
    """Work with this server's database from now on; an empty one is filled from the centre's file."""
    choice = chosen_database(context)
    if choice is None:
        raise UserInputError("database.address")
    number = context.args.second
    second = TypedSecond(number, context.second_password()) if number else None
    done = move_database(
        context.installation(), context.officer(), context.password(), choice, context.progress,
        second,
    )  # fmt: skip
    line = context.text("database_filled" if done.filled else "database_chosen")
    return CommandOutcome({"ok": True, "filled": done.filled}, (line,))


def begin_anew(context: CommandContext) -> CommandOutcome:
    """Go on after an older backup was restored; stations send again what the centre lost."""
    installation, number, password = context.installation(), context.officer(), context.password()
    context.copy_first(installation)
    renew_centre(installation, number, password)
    return CommandOutcome({"ok": True}, (context.text("centre_renewed"),))


def scan_images(context: CommandContext) -> CommandOutcome:
    """The urgent slips in pictures; a slip that lacks a code, or one that is refused, makes the exit status 1."""
    pictures = [_read_image(Path(name)) for name in context.args.images]
    with centre_session(context) as desk:
        codes = [code for picture in pictures for code in scan(desk, picture)]
        found = take_codes(desk, SlipCollector(), codes)
    if found.refused and not found.slips and not found.collector.lacking:
        raise found.refused[0]
    document: dict[str, Json] = {
        "slips": [_scanned_row(slip) for slip in found.slips],
        "incomplete": [
            {"count": one.count, "missing": list(one.missing)} for one in found.collector.lacking
        ],
        "refused": [error.code for error in found.refused],
    }
    whole = not (found.refused or found.collector.lacking)
    return CommandOutcome(document, _scanned_lines(found, context.texts), ok=whole)


def _read_image(path: Path) -> bytes:
    try:
        return read_brought(path)
    except OSError as error:
        raise UserInputError("file.unreadable") from error


def _scanned_row(slip: ScannedSlip) -> dict[str, Json]:
    orders: list[Json] = [_order_row(order) for order in slip.orders]
    return {
        "device": slip.device,
        "unit_name": slip.unit_name,
        "expired": slip.expired,
        "orders": orders,
    }


def _order_row(order: ScannedOrder) -> dict[str, Json]:
    before = to_wire(order.before[0]) if order.before else ""
    return {"known": order.known, "before": before, "order": dict(order.payload)}


def _scanned_lines(found: Scanned, texts: Catalogue) -> tuple[str, ...]:
    lines: list[str] = []
    for slip in found.slips:
        lines += [texts.text("centre.scan.expired")] if slip.expired else []
        for order in slip.orders:
            lines += [slip.unit_name, *(f"{name}: {v}" for name, v in order.payload.items()), ""]
    lines += [_incomplete(begun, texts) for begun in found.collector.lacking]
    lines += [texts.text(f"errors.{error.code}.what", **error.params) for error in found.refused]
    return tuple(lines)


def _incomplete(begun: PartialSlip, texts: Catalogue) -> str:
    missing = texts.text("centre.scan.comma").join(map(str, begun.missing))
    return texts.text("cli.slip_incomplete", count=begun.count, missing=missing)


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("centre", help=texts.text("cli.help.centre"))
    verbs = group.add_subparsers(dest="verb", required=True)

    def verb(name: str, run: object) -> Any:
        parser = verbs.add_parser(
            name, help=texts.text(f"cli.help.centre_{name.replace('-', '_')}")
        )
        parser.set_defaults(run=run)
        return parser

    init = verb("init", init_centre)
    init.add_argument("--unit-code", metavar="C12", default="620100000000")
    init.add_argument("--unit-name", metavar="S", default=texts.text("cli.centre_name"))
    init.add_argument("--device", metavar="LETTER", default="C")
    init.add_argument("--officer", dest="first_officer", metavar="N")
    init.add_argument("--name", metavar="S", default="")
    declare_database(verb, init, texts)
    enrol = verb("enrol", enrol_station)
    enrol.add_argument("card", metavar="CARD")
    enrol.add_argument("--to", metavar="FILE")
    add_second(enrol, texts)
    take = verb("ingest", ingest_paths)
    take.add_argument("paths", metavar="PATH", nargs="+")
    take.add_argument("--dry-run", action="store_true")
    take.add_argument(
        "--processes", metavar="N", type=int, default=1, help=texts.text("cli.help.processes")
    )
    verb("inbox", show_inbox)
    verb("release", release_at_centre)
    call_commands.add(verb)
    dispatch_commands.add(verb)
    verb("reply", write_reply_bundles).add_argument("--to", metavar="DIR", required=True)
    backup = verb("backup-key", write_backup_key)
    backup.add_argument("--to", metavar="FILE", required=True)
    add_second(backup, texts)
    centre_list_commands.add(verb, texts)
    seat_commands.add(verb, texts)
    add_watch(verbs, texts, "centre")
    add_rotate(verbs, texts)
    verb("scan", scan_images).add_argument("images", metavar="IMAGE", nargs="+")


def init_centre(context: CommandContext) -> CommandOutcome:
    """Make the centre's profile."""
    args, number = context.args, first_officer(context)
    first = FirstRun(
        InstallationRole.CENTRE, args.unit_code, args.unit_name, args.device, number,
        args.name or number, context.password(), server=chosen_database(context),
    )  # fmt: skip
    return make_profile(context, first)


def enrol_station(context: CommandContext) -> CommandOutcome:
    """Trust a station's card (after comparing by voice) and write the approval that goes back."""
    target = Path(context.args.to or f"{context.args.card}.approved")
    with centre_session(context) as session:
        text = read_card_file(session, context.args.card)
        card = read_card(session, text)
        write_card_file(session, target, approve(session, text, context.second(session)))
        peer = find_peer(session, card.fingerprint)
    document: dict[str, Json] = {
        "device": card.device,
        "fingerprint": grouped(card.fingerprint),
        "unit_name": card.unit_name,
        "approval": str(target),
        "founding": peer.ceremony is Ceremony.FOUNDING,
    }
    enrolled = context.text(
        "enrolled", name=peer_name(context, card), fingerprint=grouped(card.fingerprint)
    )
    return CommandOutcome(document, (enrolled, context.text("written", file=str(target))))


def _quarantine(context: CommandContext) -> Quarantine:
    return Quarantine(context.installation().paths.quarantine)


def ingest_paths(context: CommandContext) -> CommandOutcome:
    """Take bundles in; what is refused is kept with its reason and makes the exit status 1."""
    with centre_session(context) as session:
        done = _ingest(context, session, [Path(name) for name in context.args.paths])
    key = "would_ingest" if context.args.dry_run else "ingested"
    line = context.text(key, bundles=done.bundles, applied=done.applied, blobs=done.blobs)
    more: dict[str, Json] = {"bundles": done.bundles, "volumes": done.volumes}
    summary = nothing_in_words(context, done) or line
    return taken_in(context, done, summary, more, dry_run=context.args.dry_run)


def _ingest(context: CommandContext, session: Session, paths: Sequence[Path]) -> AppliedBundle:
    """By this process, or by as many beside it as were asked for."""
    processes, dry_run = context.args.processes, context.args.dry_run
    require_side_by_side(session.profile, processes)
    if processes == 1:
        return ingest(session, _quarantine(context), paths, context.progress, dry_run=dry_run)
    asker = Asker(str(context.profile_folder), session.officer.number, context.password())
    return ingest_beside(asker, processes, paths, context.progress, dry_run=dry_run)


def show_inbox(context: CommandContext) -> CommandOutcome:
    """Stations, and what lies in quarantine."""
    with centre_session(context) as session:
        rows, slips = stations(session), waiting_slips(session)
    refused = _quarantine(context).rows()
    listing: list[Json] = [
        {
            "unit_code": row.unit_code,
            "unit_name": row.unit_name,
            "letter": row.letter,
            "fingerprint": grouped(row.fingerprint),
            "last_bundle_at": to_wire(row.last_bundle_at) if row.last_bundle_at else "",
            "cases": row.cases,
            "open_orders": row.open_orders,
            "open_tasks": row.open_tasks,
            "gaps": row.gaps,
        }
        for row in rows
    ]
    lines = [_station_line(context, row) for row in rows]
    if not lines:
        lines = [context.texts.text("centre.inbox.none")]
    alone = [
        context.text(
            "slip_alone", unit=slip.unit_name, case=slip.case_number, by=slip.scanned_by,
            at=show_time(slip.scanned_at),
        )
        for slip in slips
    ]  # fmt: skip
    document = {
        "stations": listing,
        "quarantine": quarantine_rows(refused),
        "slips_alone": [_slip_row(slip) for slip in slips],
    }
    return CommandOutcome(document, (*lines, *alone, *quarantine_lines(context, refused)))


def _station_line(context: CommandContext, row: StationRow) -> str:
    """Cases and orders are those of the whole unit; gaps are the device's."""
    words, last = context.texts, context.texts.text("centre.inbox.never")
    if row.last_bundle_at is not None:
        gaps = words.text(f"centre.inbox.{'gaps' if row.gaps else 'no_gaps'}", count=row.gaps)
        last = context.text("inbox_last", at=show_time(row.last_bundle_at), gaps=gaps)
    return context.text(
        "inbox_line",
        name=words.text("trust.party.desk", unit=row.unit_name, letter=row.letter),
        fingerprint=grouped(row.fingerprint),
        last=last,
        cases=row.cases,
        orders=row.open_orders,
    )


def _slip_row(slip: WaitingSlip) -> dict[str, Json]:
    """An order known by its slip alone; the station is to be called for its bundle."""
    order = slip.order
    return {
        "order": slip.id,
        "number": order.number if order is not None else "",
        "kind": order.kind.value if order is not None else "",
        "amount_fen": order.amount_fen if order is not None else 0,
        "unit_name": slip.unit_name,
        "case_number": slip.case_number,
        "scanned_at": to_wire(slip.scanned_at),
        "scanned_by": slip.scanned_by,
        "waited_s": int(slip.waited.total_seconds()),
        "due_at": to_wire(slip.due.at) if slip.due is not None else "",
        "handed_to": slip.handed.to if slip.handed is not None else "",
        "handed_at": to_wire(slip.handed.at) if slip.handed is not None else "",
        "do": "call_the_station",
    }


def write_reply_bundles(context: CommandContext) -> CommandOutcome:
    """Receipts and replies for every station that lacks some."""
    folder = folder_there(context.args.to)
    with centre_session(context) as session:
        done = write_replies(session, folder, context.progress)
    rows: list[Json] = [
        {
            "unit_name": item.unit_name,
            "number": item.number,
            "entries": item.entries,
            "volumes": volume_rows(item.volumes, folder),
        }
        for item in done
        if item.error is None
    ]
    lines = [str(folder / volume.name) for item in done for volume in item.volumes]
    refused = [(item.unit_name, item.error) for item in done if item.error is not None]
    lines += [f"{name}: {context.texts.error_text(error).what}" for name, error in refused]
    problems = [{"unit_name": name, "code": error.code} for name, error in refused]
    document = {"bundles": rows, "problems": problems}
    return CommandOutcome(document, tuple(lines), ok=not refused)


def write_backup_key(context: CommandContext) -> CommandOutcome:
    """A key that opens every later bundle, into a file to be printed, locked away and deleted here."""
    target = Path(context.args.to)
    with centre_session(context) as session:
        session.require(Permission.ADMINISTER)
        second = context.second(session)
        text, recipient = new_backup_key()
        keep = partial(write_atomic, target, text.encode(), mode=0o600)
        choose_backup(session, recipient, second, keep)
    line = context.text("backup_written", file=str(target))
    return CommandOutcome({"recipient": recipient, "file": str(target)}, (line,))
