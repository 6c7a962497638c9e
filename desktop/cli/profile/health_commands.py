"""``verify | rebuild | recover``."""

from __future__ import annotations

from typing import Any

from desktop.app.maintenance.escrow import recover_with_answer
from desktop.cli.context import CommandContext, CommandOutcome, secret
from desktop.cli.standard_input import standard_input
from desktop.cli.trust.escrow_commands import read_small
from desktop.domain.exchange.origin import DeviceOrigin
from desktop.domain.records.fields import Json
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.exchange.take_in.verify_origin import verify_origin
from desktop.services.health import check_health, check_news, rebuild_projections


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    verify = commands.add_parser("verify", help=texts.text("cli.help.verify"))
    verify.add_argument("--origin", action="store_true", help=texts.text("cli.help.verify_origin"))
    verify.add_argument("--news", action="store_true", help=texts.text("cli.help.verify_news"))
    verify.set_defaults(run=verify_all)
    commands.add_parser("rebuild", help=texts.text("cli.help.rebuild")).set_defaults(run=rebuild)
    recover = commands.add_parser("recover", help=texts.text("cli.help.recover"))
    how = recover.add_mutually_exclusive_group(required=True)
    how.add_argument("--code", metavar="CODE", help=texts.text("cli.help.recover_code"))
    how.add_argument("--answer", metavar="FILE", help=texts.text("cli.help.recover_answer"))
    recover.add_argument("--new-password-file", metavar="FILE")
    recover.set_defaults(run=recover_password)


def verify_all(context: CommandContext) -> CommandOutcome:
    """Chain, projections and vault; exits with 1 when anything is wrong. What earlier programs took in that the rules
    of today would refuse is told beside it: nobody can mend it, and it says nothing about this profile's health."""
    if context.args.origin:
        return verify_signatures(context)
    if context.args.news:
        return verify_news(context)
    with context.session() as desk:
        found = check_health(desk, context.progress)
        early = desk.store.overreach(context.progress) if not found else ()
    line = context.text("healthy") if not found else context.text("unhealthy", count=len(found))
    lines = (f"{item.ref} {context.texts.error_text(item.error).what}" for item in early)
    beside = (context.text("overreach", count=len(early)), *lines) if early else ()
    overreach: list[Json] = [
        {"entry": item.ref, "kind": item.kind, "rule": item.error.code} for item in early
    ]
    document: dict[str, Json] = {"ok": not found, "problems": [*found], "overreach": overreach}
    return CommandOutcome(document, (line, *found, *beside), ok=not found)


def verify_news(context: CommandContext) -> CommandOutcome:
    """Chain and projections of what is new since the last check; exits with 1 when anything is wrong."""
    with context.session() as desk:
        found = check_news(desk, context.progress)
    line = context.text("unhealthy", count=len(found)) if found else context.text("news_healthy")
    return CommandOutcome({"ok": not found, "problems": [*found]}, (line, *found), ok=not found)


def verify_signatures(context: CommandContext) -> CommandOutcome:
    """Under which signature every entry of another device came; exits with 1 when one does not hold."""
    with context.session() as desk:
        report = verify_origin(desk, context.progress)
    faults: list[Json] = [
        {"device": item.device, "place": item.place, "code": item.error.code}
        for item in report.faults
    ]
    devices: list[Json] = [
        {
            "device": item.device,
            "unit_name": item.unit_name,
            "letter": item.letter,
            "entries": item.entries,
            "signed": item.signed,
            "by_lost_key": item.lost,
            "chained": item.chained,
            "before": item.before,
            "signatures": item.signatures,
            "by_former_key": item.former,
        }
        for item in report.devices
    ]
    document: dict[str, Json] = {
        "ok": not faults,
        "since": report.since,
        "devices": devices,
        "problems": faults,
    }
    lines = [
        *(_device_line(context, item) for item in report.devices),
        *(context.texts.error_text(item.error).what for item in report.faults),
    ]
    head = context.text("unhealthy", count=len(faults)) if faults else context.text("healthy")
    none = () if report.devices else (context.text("origin_none"),)
    return CommandOutcome(document, (head, *none, *lines), ok=not faults)


def _device_line(context: CommandContext, item: DeviceOrigin) -> str:
    """What is proven of one device; what there is none of is left out."""
    more = (
        ("origin_lost", item.lost),
        ("origin_chained", item.chained),
        ("origin_before", item.before),
        ("origin_former", item.former),
    )
    who = f"{item.unit_name} {item.letter}".strip() or item.device
    first = context.text("origin_signed", who=who, signed=item.signed, count=item.entries)
    return first + "".join(context.text(key, count=count) for key, count in more if count)


def rebuild(context: CommandContext) -> CommandOutcome:
    """Projections anew from the journal; says whether they came out byte-equal."""
    with context.session() as desk:
        done = rebuild_projections(desk, context.progress)
    document: dict[str, Json] = {"ok": True, "digest": done.digest, "changed": done.changed}
    return CommandOutcome(document, (context.text("rebuilt", digest=done.digest[:16]),))


def recover_password(context: CommandContext) -> CommandOutcome:
    """A new password with the printed recovery code, or with the centre's answer."""
    args = context.args
    installation = context.installation()
    number = context.officer()
    new = secret(args.new_password_file, "FANZHA_NEW_PASSWORD", "password.new_not_given")
    if args.answer:
        recover_with_answer(installation, read_small(args.answer), number, new)
    else:
        code = standard_input() if args.code == "-" else args.code
        installation.recover(code.strip(), number, new)
    return CommandOutcome({"ok": True, "officer": number}, (context.text("recovered"),))
