"""``centre init | enrol | ingest | inbox | replies | reply | scan``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.bundles.quarantine import Quarantine
from desktop.centre.inbox import stations
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply_to_all, write_replies
from desktop.centre.scan import scan
from desktop.cli.bundle_commands import problem_rows, volume_rows
from desktop.cli.case_commands import read_json
from desktop.cli.context import Context, Outcome
from desktop.cli.station_commands import first_officer, make_profile
from desktop.cli.trust_commands import read_text
from desktop.domain.clock import from_wire, to_wire
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.fields import Json
from desktop.domain.order import OrderReply, ReplyResult
from desktop.domain.profile import FirstRun, InstallationRole
from desktop.runtime.atomic_file import write_atomic
from desktop.runtime.catalogue import Catalogue
from desktop.sealing.fingerprint import grouped
from desktop.services.desk import Desk
from desktop.services.look_up import order
from desktop.services.record_reply import usual_end
from desktop.services.trust import approve, read_card


def add(commands: Any, words: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("centre", help=words.text("cli.help.centre"))
    verbs = group.add_subparsers(dest="verb", required=True)

    def verb(name: str, run: object) -> Any:
        parser = verbs.add_parser(name, help=words.text(f"cli.help.centre_{name}"))
        parser.set_defaults(run=run)
        return parser

    init = verb("init", init_centre)
    init.add_argument("--unit-code", metavar="C12", default="620100000000")
    init.add_argument("--unit-name", metavar="S", default=words.text("cli.centre_name"))
    init.add_argument("--device", metavar="LETTER", default="C")
    init.add_argument("--officer", dest="first_officer", metavar="N")
    init.add_argument("--name", metavar="S", default="")
    enrol = verb("enrol", enrol_station)
    enrol.add_argument("card", metavar="CARD")
    enrol.add_argument("--to", metavar="FILE")
    take = verb("ingest", ingest_paths)
    take.add_argument("paths", metavar="PATH", nargs="+")
    take.add_argument("--dry-run", action="store_true")
    verb("inbox", show_inbox)
    verb("replies", take_replies).add_argument("files", metavar="FILE", nargs="+")
    verb("reply", write_reply_bundles).add_argument("--to", metavar="DIR", required=True)
    verb("scan", scan_image).add_argument("image", metavar="IMAGE")


@contextmanager
def _centre(context: Context) -> Iterator[Desk]:
    with context.desk() as desk:
        if desk.profile.role is not InstallationRole.CENTRE:
            raise RuleError("centre.not_a_centre")
        yield desk


def init_centre(context: Context) -> Outcome:
    """Make the centre's profile."""
    args, number = context.args, first_officer(context)
    first = FirstRun(
        InstallationRole.CENTRE, args.unit_code, args.unit_name, args.device, number,
        args.name or number, context.password(),
    )  # fmt: skip
    return make_profile(context, first)


def enrol_station(context: Context) -> Outcome:
    """Trust a station's card (after comparing by voice) and write the approval that goes back."""
    text = read_text(context.args.card)
    target = Path(context.args.to or f"{context.args.card}.approved")
    with _centre(context) as desk:
        card = read_card(desk, text)
        approval = approve(desk, text)
    write_atomic(target, approval.encode(), mode=0o644)
    document: dict[str, Json] = {
        "device": card.device,
        "fingerprint": grouped(card.device),
        "unit_name": card.unit_name,
        "approval": str(target),
    }
    return Outcome(document, (context.text("written", file=str(target)),))


def _quarantine(context: Context) -> Quarantine:
    return Quarantine(context.installation().paths.quarantine)


def ingest_paths(context: Context) -> Outcome:
    """Take bundles in; what is refused is kept with its reason and makes the exit status 1."""
    paths = [Path(name) for name in context.args.paths]
    with _centre(context) as desk:
        done = ingest(
            desk, _quarantine(context), paths, context.progress, dry_run=context.args.dry_run
        )
    rows = problem_rows(done.problems, context.words)
    document: dict[str, Json] = {
        "bundles": done.bundles,
        "volumes": done.volumes,
        "applied": done.applied,
        "already": done.already,
        "held": done.held,
        "conflicts": done.conflicts,
        "blobs": done.blobs,
        "cases": len(done.cases),
        "dry_run": context.args.dry_run,
        "problems": rows,
    }
    line = context.text("ingested", bundles=done.bundles, applied=done.applied, blobs=done.blobs)
    texts = tuple(str(row["text"]) for row in rows if isinstance(row, dict))
    return Outcome(document, (line, *texts), ok=not rows)


def show_inbox(context: Context) -> Outcome:
    """Stations, and what lies in quarantine."""
    with _centre(context) as desk:
        rows = stations(desk)
    refused = _quarantine(context).rows()
    listing: list[Json] = [
        {
            "unit_code": row.unit_code,
            "unit_name": row.unit_name,
            "fingerprint": grouped(row.device),
            "last_bundle_at": to_wire(row.last_bundle_at) if row.last_bundle_at else "",
            "cases": row.cases,
            "open_orders": row.open_orders,
            "gaps": row.gaps,
        }
        for row in rows
    ]
    kept: list[Json] = [{"name": q.name, "at": to_wire(q.at), "code": q.code} for q in refused]
    lines = tuple(f"{row.unit_name}  {row.cases}  {row.open_orders}" for row in rows)
    return Outcome({"stations": listing, "quarantine": kept}, lines)


def take_replies(context: Context) -> Outcome:
    """Replies as JSON, the fields of message 100102, one object or a list a file."""
    items: list[Any] = []
    for name in context.args.files:
        document = read_json(name)
        items += document if isinstance(document, list) else [document]
    with _centre(context) as desk:
        answers = [(reply_of(desk, item), item) for item in items]
        count = reply_to_all(desk, ((str(item.get("order", "")), made) for made, item in answers))
    return Outcome({"replies": count}, (context.text("replies_taken", count=count),))


def reply_of(desk: Desk, item: Any) -> OrderReply:
    """A reply document; times default to now and the legal length of what was ordered."""
    if not isinstance(item, Mapping):
        raise UserInputError("reply.malformed")
    now = desk.clock.now()
    try:
        starts = _instant(item, "starts_at") or now
        made = OrderReply(
            result=ReplyResult(item.get("result", "done")),
            amount_fen=_fen(item, "amount_fen"),
            balance_fen=_fen(item, "balance_fen"),
            starts_at=starts,
            ends_at=_instant(item, "ends_at"),
            organisation=str(item.get("organisation", "")),
            operator=str(item.get("operator", "")),
            remark=str(item.get("remark", "")),
            replied_at=now,
        )
    except (ValueError, TypeError) as error:
        raise UserInputError("reply.malformed") from error
    if made.ends_at is not None:
        return made
    return replace(
        made, ends_at=usual_end(desk, order(desk, str(item.get("order", ""))).order, starts)
    )


def _instant(item: Mapping[str, Any], name: str) -> datetime | None:
    value = item.get(name)
    return from_wire(str(value)) if value else None


def _fen(item: Mapping[str, Any], name: str) -> int:
    value = item.get(name, 0)
    if type(value) is not int:
        raise ValueError(name)
    return value


def write_reply_bundles(context: Context) -> Outcome:
    """Receipts and replies for every station that lacks some."""
    folder = Path(context.args.to)
    with _centre(context) as desk:
        done = write_replies(desk, folder, context.progress)
    rows: list[Json] = [
        {
            "unit_name": item.unit_name,
            "number": item.number,
            "entries": item.entries,
            "volumes": volume_rows(item.volumes, folder),
        }
        for item in done
    ]
    lines = tuple(str(folder / volume.name) for item in done for volume in item.volumes)
    return Outcome({"bundles": rows}, lines)


def scan_image(context: Context) -> Outcome:
    """The urgent slip in a picture."""
    try:
        picture = Path(context.args.image).read_bytes()
    except OSError as error:
        raise UserInputError("file.unreadable") from error
    with _centre(context) as desk:
        slip = scan(desk, picture)
    document: dict[str, Json] = {
        "device": slip.device,
        "unit_name": slip.unit_name,
        "known": slip.known,
        "order": dict(slip.payload),
    }
    return Outcome(document, tuple(f"{name}: {value}" for name, value in slip.payload.items()))
