"""``evidence check DIR``: a folder that somebody handed over, checked by our own copy of the verifier in it."""

from __future__ import annotations

import runpy
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.runtime.catalogue import Catalogue
from desktop.runtime.resources import resource_path


def add(verbs: Any, words: Catalogue) -> None:
    """Declare the command."""
    check = verbs.add_parser("check", help=words.text("cli.help.evidence_check"))
    check.add_argument("folder", metavar="DIR")
    check.add_argument("--fingerprint", default="", help=words.text("cli.help.check_fingerprint"))
    check.set_defaults(run=check_court_handover)


def check_court_handover(context: CommandContext) -> CommandOutcome:
    """No profile and no password: whoever gets such a folder may check it. Exits with 1 when it does not hold."""
    verifier = runpy.run_path(str(resource_path("hand_over/verify.py")))
    try:
        report = verifier["check"](context.args.folder, _quiet)
    except verifier["Refused"] as refused:
        chinese = context.texts.language.startswith("zh")
        why = refused.chinese if chinese else refused.english
        return CommandOutcome({"ok": False, "problem": refused.english}, (why,), ok=False)
    wanted, normal = context.args.fingerprint, verifier["normal"]
    same = not wanted or normal(wanted) == normal(report["fingerprint"])
    lines = (
        context.text("hand_over_sound", count=report["items"], unit=report["unit"]),
        context.text("hand_over_by", fingerprint=report["fingerprint"]),
    )
    differs = () if same else (context.text("hand_over_differs"),)
    return CommandOutcome({**report, "ok": same}, (*lines, *differs), ok=same)


def _quiet(_octets: int) -> None:
    """Nobody watches how far it is."""
