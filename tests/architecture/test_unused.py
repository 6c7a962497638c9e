"""No text, icon or colour is kept that nothing shows."""

import re
import tomllib
from functools import cache

from desktop.domain.case_file.fields import ROWS
from desktop.domain.cases.case import RECORD_FAMILIES
from tests.architecture.sources import ROOT, expect_none, formatted_starts, modules, uses
from tests.architecture.test_texts import DEFAULT

RESOURCES = ROOT / "resources"
FACTS = (*ROWS, *(row for family in RECORD_FAMILIES for row in family.rows.values()))


@cache
def written() -> frozenset[str]:
    """Every text of the program. Found by the first test that asks: each process of a run loads this file."""
    return frozenset(text for module in modules("desktop") for _, text in module.literals)


@cache
def beginnings() -> tuple[str, ...]:
    """Fixed beginnings of f-strings that name more than an area: ``board.state.`` of ``f"board.state.{…}"``."""
    areas = {key.partition(".")[0] for key in DEFAULT}
    starts = {start for module in modules("desktop") for _, start in formatted_starts(module)}
    return tuple(
        start
        for start in starts
        if re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)*\.([a-z0-9_]+_)?", start)
        and start.rstrip(".") not in areas
    )


FAMILIES = (
    # f"order_states.{…}.{…}", f"order_terms.{…}_is.{…}": every kind's own words.
    "order_states.", "order_terms.",
    # f"ordering.{…}.title", f"custody.{…}.title": one dialog for several deeds.
    "custody.open.", "custody.seal.", "ordering.approve.", "ordering.number.", "ordering.refuse.", "ordering.withdraw.",
    # f"case.{…}.{…}", f"intake.{…}.{…}", "cli.order_state." + …
    "case.arrival.", "case.result.", "intake.arrival.", "intake.visit.", "cli.order_state.",
    # f"{…}.title": one dialog asks for what opens several things.
    "extraction.password.",
    # Names and blocks of texts that a form asks for by a code or for its template.
    "documents.arrival.", "documents.enquiry.", "documents.identifier.", "documents.paper.", "documents.party.",
    "documents.readme.",
    "documents.recovery.", "documents.sheet.",
    # Names of what the data files and the checks of identifiers hold; their own tests keep them complete.
    "identifiers.fact.", "identifiers.value.", "rules.", "scam_types.branch.", "scam_types.section.",
    # What a chip goes round, below the beginning it is given.
    "intake.certainty.", "questions.reason.",
    # What a look into bundles found, in the words of the screen that looked.
    "centre.ingest.", "sync.import.",
    # What a command does and what its arguments mean: tests/cli/test_usage.py looks whether there are such.
    "cli_about.", "cli_examples.", "cli_options.",
    # What a setting means, by its name.
    "settings.idle.",
    "settings.language.",
    # Codes of facts, by the row that declares them.
    *{f"{row.codes}." for row in FACTS if row.codes},
)  # fmt: skip
"""Beginnings of keys that no f-string spells out."""


@cache
def reasons() -> frozenset[str]:
    """The words of dialogs that ask for a reason, by the group each is given."""
    return frozenset(
        f"{use.name}.{part}"
        for use in uses(frozenset({"ReasonDialog"}), 2, "desktop")
        for part in ("title", "question", "reason", "accept")
    )


def is_shown(key: str) -> bool:
    """By its whole name, or by what follows the area where a caller adds that, or by its beginning."""
    area, _, rest = key.partition(".")
    if area == "errors":
        return rest.rpartition(".")[0] in written()
    return not {key, rest}.isdisjoint(written() | reasons()) or any(
        name.startswith((*beginnings(), *FAMILIES)) for name in (key, rest)
    )


def test_every_text_is_shown_somewhere() -> None:
    expect_none(key for key in DEFAULT if not is_shown(key))


def test_every_family_has_members() -> None:
    expect_none(family for family in FAMILIES if not any(key.startswith(family) for key in DEFAULT))


def test_every_icon_is_drawn_somewhere() -> None:
    names = {file.stem for file in (RESOURCES / "icons").glob("*.svg")}
    expect_none(names - written())


def test_every_token_is_used_somewhere() -> None:
    tokens = tomllib.loads((RESOURCES / "theme" / "tokens.toml").read_text("utf-8"))
    sheet = set(re.findall(r"\w+", (RESOURCES / "theme" / "theme.qss").read_text("utf-8")))
    tones = {f"{tone}_soft" for tone in ("grey", "blue", "green", "amber", "red")}
    names = {*tokens["light"], *tokens["size"], *tokens["font"]}
    expect_none(names - written() - sheet - tones)
