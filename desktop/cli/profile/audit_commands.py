"""``audit list | export``: who did what, for the auditor."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.domain.installation.audit import AuditQuery
from desktop.domain.records.fields import Json
from desktop.domain.time.local_time import read_day, read_time, show_time
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.audit.audit_texts import AuditTexts
from desktop.services.audit.export_audit import document_of, export_audit
from desktop.services.audit.list_audit import audit_page, audit_sum, case_of_number, kinds_named
from desktop.services.look_up import officer_names
from desktop.services.session import Session

_PAGE: Final = 100


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("audit", help=texts.text("cli.help.audit"))
    verbs = group.add_subparsers(dest="verb", required=True)
    listing = verbs.add_parser("list", help=texts.text("cli.help.audit_list"))
    listing.add_argument("--limit", metavar="N", type=int, default=_PAGE)
    listing.set_defaults(run=list_audit)
    exporting = verbs.add_parser("export", help=texts.text("cli.help.audit_export"))
    exporting.add_argument("--to", metavar="FILE", required=True)
    exporting.set_defaults(run=write_audit)
    for verb in (listing, exporting):
        # "--officer" before the verb is who signs in; here it is whom the audit is asked about.
        verb.add_argument("--officer", dest="about", metavar="N", default="")
        verb.add_argument("--case", metavar="CASE", default="")
        verb.add_argument("--kind", metavar="K", default="", help=texts.text("cli.help.audit_kind"))
        verb.add_argument(
            "--since", metavar="T", default="", help=texts.text("cli.help.audit_since")
        )


def list_audit(context: CommandContext) -> CommandOutcome:
    """The newest lines first."""
    with context.session() as session:
        query, words = _query(context, session), audit_texts(context, session)
        page = audit_page(session, query, limit=max(context.args.limit, 0))
        total = audit_sum(session, query).count
    entries: list[Json] = [document_of(row, words) for row in page.rows]
    lines = [
        "  ".join(
            filter(None, (show_time(row.at), words.officer(row.officer), words.what(row), row.case))
        )
        for row in page.rows
    ]
    if total > len(lines):
        lines.append(context.text("audit_more", shown=len(lines), total=total))
    return CommandOutcome(
        {"entries": entries, "total": total}, tuple(lines) or (context.text("audit_none"),)
    )


def write_audit(context: CommandContext) -> CommandOutcome:
    """Every line that is asked for, in a signed file."""
    with context.session() as session:
        target = Path(context.args.to)
        done = export_audit(
            session, _query(context, session), target, audit_texts(context, session)
        )
    document: dict[str, Json] = {
        "file": str(done.file),
        "signature": str(done.signature),
        "signers": str(done.signers),
        "signer": done.signer,
        "total": done.entries,
    }
    return CommandOutcome(
        document,
        (
            context.text("audit_written", count=done.entries, file=str(done.file)),
            context.text(
                "audit_verify",
                signers=done.signers.name,
                signer=done.signer,
                signature=done.signature.name,
                file=done.file.name,
            ),
        ),
    )


def audit_texts(context: CommandContext, session: Session) -> AuditTexts:
    """Lines in the language of the terminal."""
    titles = {spec.id: spec.title(context.texts.language) for spec in session.papers.forms()}
    return AuditTexts(
        lambda: context.texts, officer_names(session), lambda form: titles.get(form, form)
    )


def _query(context: CommandContext, session: Session) -> AuditQuery:
    args = context.args
    since = None
    if args.since:
        now = session.clock.now()
        since = read_time(args.since, now) or read_day(args.since, now.year)
        if since is None:
            raise UserInputError("audit.since")
    return AuditQuery(
        officer=args.about,
        case=case_of_number(session, args.case) if args.case else "",
        kinds=kinds_named(args.kind) if args.kind else frozenset(),
        since=since,
    )
