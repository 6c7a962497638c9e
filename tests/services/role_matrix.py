"""Which role may do what: ``python -m tests.services.role_matrix > docs/roles.md``. A test holds the page to it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from desktop.domain.installation.officer import Officer, Permission, Role
from tests.architecture.sources import modules

_ROOTS = ("desktop/services", "desktop/centre")
_SHORT = {
    Role.FRONT_DESK: "front desk",
    Role.INVESTIGATOR: "investigator",
    Role.APPROVER: "approver",
    Role.CUSTODIAN: "custodian",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
    Role.DISPATCHER: "dispatcher",
    Role.BANK_CLERK: "bank clerk",
    Role.CARRIER_CLERK: "carrier clerk",
    Role.ANALYST: "analyst",
    Role.DUTY_LEADER: "duty leader",
}


@dataclass(frozen=True, slots=True)
class Verb:
    """Something an officer does. ``needs``: what it asks for before anything else; ``two``: a second officer may have
    to take part."""

    module: str
    place: str
    name: str
    needs: tuple[Permission, ...]
    two: bool


def verbs() -> tuple[Verb, ...]:
    """Every function of the services that takes a desk first and asks for a permission."""
    return tuple(verb for root in _ROOTS for verb in _in(root))


def may(role: Role, verb: Verb) -> bool:
    """Whether an officer with that role alone may."""
    officer = Officer("1", "x", (role,))
    return all(officer.may(permission) for permission in verb.needs)


def page() -> str:
    """``docs/roles.md``."""
    lines = [
        "# Roles", "",
        "Made by `python -m tests.services.role_matrix > docs/roles.md`; a test fails where it differs from the",
        "code. An officer may have several roles; each adds what it may. Rights are checked in the services, so the",
        "window and the command line are held to the same. Roles are not cryptographic: one officer's password opens",
        "the profile.",
        "",
        "## What each role may", "",
        *_table("right", [(permission.value, [_has(role, permission) for role in Role]) for permission in Permission]),
        "", "Beside these every officer may change the own password, read and mark changes of trust, and confirm",
        "with a second officer what somebody else did alone.", "",
        "## Acts", "",
        "“two”: takes a second officer's own password, but for a founder while there is nobody else. Acts that need no",
        "right themselves are listed with the reason in `tests/services/test_open_services.py`.",
    ]  # fmt: skip
    for place, found in groupby(verbs(), key=lambda verb: verb.place):
        rows = [
            (f"{verb.name}{' (two)' if verb.two else ''}", [may(role, verb) for role in Role])
            for verb in found
        ]
        lines += ["", f"### {place}", "", *_table("act", rows)]
    return "\n".join(lines) + "\n"


def _table(head: str, rows: list[tuple[str, list[bool]]]) -> Iterator[str]:
    yield f"| {head} | " + " | ".join(_SHORT.values()) + " |"
    yield "|---" * (len(Role) + 1) + "|"
    for name, marks in rows:
        yield f"| {name} | " + " | ".join("✓" if mark else "" for mark in marks) + " |"


def _has(role: Role, permission: Permission) -> bool:
    return Officer("1", "x", (role,)).may(permission)


def _in(root: str) -> Iterator[Verb]:
    for module in sorted(modules(root), key=lambda one: one.name):
        place = module.name.removeprefix("desktop/").rpartition("/")[0].replace("/", " · ")
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = [arg.arg for arg in node.args.args + node.args.kwonlyargs]
                needs = tuple(sorted(set(_needs(node))))
                if names[:1] == ["session"] and needs:
                    yield Verb(
                        module.name.removesuffix(".py").replace("/", "."),
                        place,
                        node.name,
                        needs,
                        "second" in names,
                    )


def _needs(node: ast.AST) -> Iterator[Permission]:
    """The permissions that ``session.require`` names in the function, but for those of one case only."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.Call) and ast.unparse(inner.func) == "session.require":
            for arg in ast.walk(inner):
                if isinstance(arg, ast.Attribute) and ast.unparse(arg.value) == "Permission":
                    yield Permission[arg.attr]
        elif not isinstance(inner, ast.If):
            yield from _needs(inner)


if __name__ == "__main__":
    sys.stdout.write(page())
