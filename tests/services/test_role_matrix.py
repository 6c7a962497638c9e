"""Every act of the services against every role: who may not is refused before anything is looked at."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import MagicMock

import pytest

from desktop.domain.errors import RuleError
from desktop.domain.installation.officer import Officer, Permission, Role
from desktop.services.session import Session
from tests.architecture.sources import ROOT
from tests.services.role_matrix import Verb, may, page, verbs
from tests.support.journals import length

ADMINISTRATORS = {
    "adopt_records", "apply_bundle", "approve_file", "card_in", "card_of_codes", "card_sheet", "choose_backup",
    "compare_clock", "destroy_key", "dismiss_officer", "enrol_officer", "exchange_folder", "go_back",
    "export_bundle", "give_password", "look_at_successor", "new_recovery_code", "own_card",
    "preflight", "release_quarantine", "renew_streams", "replace_centre", "reseal_evidence",
    "revoke_peer", "rotate_keys", "set_duty_phone", "sign_package", "install_package", "take_originals", "trial_pages",
    "trial_taken", "trust_peer",
    "vouch_for",
    "list_device",
    "unlist_device",
    "replace_seat",
    "current_list",
    "take_centre_list",
}  # fmt: skip
"""Keys, computers, officers, files that steer the program (tried on an invented case), and bundles that stay sealed to
others."""
OF_OTHERS = {"take_out": "asks where there is something to take out; whoever calls it has asked"}


def attempt(verb: Verb, session: Session) -> None:
    """Call it with arguments that mean nothing: who may not gets no further than the question for the right."""
    function = getattr(importlib.import_module(verb.module), verb.name)
    asked = inspect.signature(function).parameters.values()
    needed = [one for one in asked if one.default is inspect.Parameter.empty][1:]
    words = {one.name: MagicMock() for one in needed if one.kind is one.KEYWORD_ONLY}
    places = [MagicMock() for one in needed if one.kind is one.POSITIONAL_OR_KEYWORD]
    done = function(session, *places, **words)
    if isinstance(done, Iterator):
        next(done)


@pytest.mark.parametrize("role", Role)
def test_no_act_is_open_to_a_role_that_may_not(session: Session, role: Role) -> None:
    person = replace(session, officer=Officer("620999", "赵敏", (role,)))
    before, closed = length(session), [verb for verb in verbs() if not may(role, verb)]
    opened = []
    for verb in closed:
        if verb.name in OF_OTHERS:
            continue
        try:
            attempt(verb, person)
        except RuleError as error:
            if error.code != "rights.missing":
                opened.append((verb.name, error.code))
        except Exception as error:  # noqa: BLE001 - whatever it is, the right was not asked for first
            opened.append((verb.name, repr(error)))
        else:
            opened.append((verb.name, "done"))
    assert not opened
    assert closed
    assert length(session) == before


def test_an_administrator_alone_reaches_no_case() -> None:
    """What tells of cases asks for the right to read or write them, and an administrator has neither."""
    into = {
        Permission.READ_CASES, Permission.WRITE_CASES, Permission.ISSUE_ORDERS,
        Permission.ADD_EVIDENCE, Permission.DISPATCH, Permission.AUDIT,
    }  # fmt: skip
    officer = Officer("1", "x", (Role.ADMINISTRATOR,))
    assert not {permission for permission in into if officer.may(permission)}
    assert {verb.name for verb in verbs() if may(Role.ADMINISTRATOR, verb)} == ADMINISTRATORS


def test_what_opens_everything_takes_two() -> None:
    assert {verb.name for verb in verbs() if verb.two} >= {
        "enrol_officer", "dismiss_officer", "give_password", "new_recovery_code", "trust_peer",
        "revoke_peer", "replace_centre", "vouch_for", "choose_backup", "list_device",
        "unlist_device", "replace_seat",
    }  # fmt: skip


def test_the_page_says_what_the_code_does() -> None:
    """Made anew by ``python -m tests.services.role_matrix > docs/roles.md``."""
    assert (ROOT / "docs/roles.md").read_text("utf-8") == page()
