"""``flow trace`` and ``flow patterns`` over a list of payments; no profile, nothing stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from desktop.analysis.flow_patterns import patterns
from desktop.app.installation import this_machine
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.domain.flow.patterns import DwellTime, Fan, Patterns
from desktop.domain.flow.payment_order import by_time
from desktop.domain.flow.tracing import origins_from, trace_sorted
from desktop.domain.law.deadlines import legal_day
from desktop.domain.money.amounts import format_yuan
from desktop.domain.money.dispositions import NOTHING, AccountMoney, Disposition
from desktop.domain.money.money_flow import FlowPayment, Trace, TracingMethod
from desktop.domain.records.fields import Json
from desktop.domain.time.local_time import show_time
from desktop.readers.transfer_list import read_transfer_list, seconds_of
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cash_out_terms import load_cash_out_terms
from desktop.runtime.packages.rule_pack import load_rule_pack
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.brought_file import open_brought
from desktop.services.flow.flow_limits import pattern_limits


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    parser = commands.add_parser("flow", help=texts.text("cli.help.flow"))
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    follow = verbs.add_parser("trace", help=texts.text("cli.help.flow_trace"))
    follow.add_argument("file", metavar="FILE.csv")
    follow.add_argument(
        "--from", dest="account", metavar="ACCOUNT", required=True,
        help=texts.text("cli.help.flow_from"),
    )  # fmt: skip
    follow.add_argument("--at", metavar="TIME", help=texts.text("cli.help.flow_at"))
    follow.add_argument(
        "--amount", metavar="FEN", type=int, help=texts.text("cli.help.flow_amount")
    )
    follow.add_argument(
        "--method", choices=[method.value for method in TracingMethod], default=TracingMethod.FIFO.value,
        help=texts.text("cli.help.flow_method"),
    )  # fmt: skip
    follow.add_argument(
        "--tolerance", metavar="SECONDS", type=int, default=0,
        help=texts.text("cli.help.flow_tolerance"),
    )  # fmt: skip
    follow.set_defaults(run=trace_file)
    found = verbs.add_parser("patterns", help=texts.text("cli.help.flow_patterns"))
    found.add_argument("file", metavar="FILE.csv")
    found.add_argument("--since", metavar="TIME", help=texts.text("cli.help.flow_since"))
    found.add_argument(
        "--common",
        metavar="ACCOUNT",
        nargs="+",
        default=[],
        help=texts.text("cli.help.flow_common"),
    )
    found.add_argument(
        "--least", metavar="PAYERS", type=int,
        help=texts.text("cli.help.flow_least"),
    )  # fmt: skip
    found.set_defaults(run=find_patterns)


def _moves(file: str) -> list[FlowPayment]:
    try:
        with open_brought(file) as source:
            return read_transfer_list(source)
    except OSError as error:
        raise UserInputError("read.file") from error


def _moment(typed: str | None) -> int | None:
    """Of an argument, which has no row; raises ``UserInputError("flow_file.moment")``."""
    try:
        return seconds_of(typed.strip()) if typed else None
    except UserInputError as error:
        raise UserInputError("flow_file.moment") from error


def trace_file(context: CommandContext) -> CommandOutcome:
    """Where the money of an account rests now, by one method."""
    args = context.args
    at = _moment(args.at)
    if args.tolerance < 0 or (args.amount is not None and args.amount <= 0):
        raise UserInputError("flow_file.number")
    ordered = by_time(_moves(args.file))
    origins = origins_from(ordered, args.account.strip(), at, args.amount)
    if not origins:
        raise UserInputError("flow_file.no_origin")
    found = trace_sorted(ordered, origins, TracingMethod(args.method), args.tolerance)
    lines = [
        context.text("flow_rest", tier=rest.tier, account=rest.account, yuan=format_yuan(rest.fen))
        for rest in found.rests
    ]
    return CommandOutcome(_trace_document(found), tuple(lines), found.conserved)


def _trace_document(found: Trace) -> dict[str, Json]:
    words = load_cash_out_terms(resource_path("rules"))
    cash_outs = {
        rest.account: kind for rest in found.rests if (kind := words.cash_out_of(rest.account))
    }
    sums = NOTHING
    for rest in found.rests:
        sums += AccountMoney(rest.fen, left=rest.account in cash_outs).at(
            this_machine().clock.now()
        )
    return {
        "method": found.method.value,
        "traced_fen": found.traced_fen,
        "reached": [
            {
                "account": rest.account,
                "tier": rest.tier,
                "amount_fen": rest.fen,
                "exit": cash_outs[rest.account].value if rest.account in cash_outs else "",
            }
            for rest in found.rests
        ],
        "conservation": {item.value: sums.fen(item) for item in Disposition},
        "conserved": found.conserved and sums.loss_fen == found.traced_fen,
    }


def find_patterns(context: CommandContext) -> CommandOutcome:
    """Fans, cycles and accounts that money only passes through."""
    args = context.args
    since = _moment(args.since)
    limits = pattern_limits(
        load_rule_pack(resource_path("rules")), legal_day(this_machine().clock.now())
    )
    if args.least is not None:
        limits = replace(limits, fan_least=max(args.least, 2))
    found = patterns(_moves(args.file), limits, frozenset(args.common), since)
    return CommandOutcome(_patterns_document(found), tuple(_lines(context, found)))


def _patterns_document(found: Patterns) -> dict[str, Json]:
    return {
        "fan_in": [_fan(fan) for fan in found.fan_in],
        "fan_out": [_fan(fan, "payees") for fan in found.fan_out],
        "hubs": [_fan(fan) for fan in found.hubs],
        "cycles": [list(cycle.accounts) for cycle in found.cycles],
        "cycles_whole": found.cycles_whole,
        "fast_through": [_dwell_time(dwell_time) for dwell_time in found.fast_through],
        "common": [
            {"account": one.account, "with": list(one.partners), "amount_fen": one.amount_fen}
            for one in found.common
        ],
        "appeared": [span.account for span in found.appeared],
        "vanished": [span.account for span in found.vanished],
    }


def _fan(fan: Fan, others: str = "payers") -> dict[str, Json]:
    return {
        "account": fan.account,
        others: len(fan.others),
        "accounts": list(fan.others),
        "amount": _yuan(fan.amount_fen),
        "amount_fen": fan.amount_fen,
        "first": _time(fan.first),
        "last": _time(fan.last),
    }


def _dwell_time(dwell_time: DwellTime) -> dict[str, Json]:
    return {
        "account": dwell_time.account,
        "in_fen": dwell_time.in_fen,
        "out_fen": dwell_time.out_fen,
        "passed_fen": dwell_time.passed_fen,
        "median_seconds": dwell_time.median_seconds,
    }


def _yuan(fen: int) -> str:
    """As in the file: no commas."""
    return format_yuan(fen).replace(",", "")


def _time(seconds: int) -> str:
    return show_time(datetime.fromtimestamp(seconds, UTC))


def _lines(context: CommandContext, found: Patterns) -> list[str]:
    lines = [
        context.text(
            key, account=fan.account, count=len(fan.others), yuan=format_yuan(fan.amount_fen)
        )
        for key, fans in (("flow_fan_in", found.fan_in), ("flow_fan_out", found.fan_out))
        for fan in fans
    ]
    lines += [
        context.text("flow_fast", account=dwell_time.account, yuan=format_yuan(dwell_time.passed_fen),
                     minutes=dwell_time.median_seconds // 60)
        for dwell_time in found.fast_through
    ]  # fmt: skip
    lines += [
        context.text("flow_cycle", accounts=" → ".join((*cycle.accounts, cycle.accounts[0])),
                     yuan=format_yuan(cycle.amount_fen))
        for cycle in found.cycles
    ]  # fmt: skip
    if not found.cycles_whole:
        lines.append(context.text("flow_cycles_cut"))
    return lines or [context.text("flow_nothing")]
