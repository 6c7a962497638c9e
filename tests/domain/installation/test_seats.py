"""Seats of a centre as roles: what is recorded comes back, and what does not fit is refused."""

from __future__ import annotations

import pytest

from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import (
    Officer,
    Permission,
    Role,
    check_seat,
    officer_from_fields,
    parse_roles,
)

CLERK = Officer("620150", "林静", (Role.BANK_CLERK,), ("中国农业银行", "兰州银行"))


def test_a_clerk_comes_back_with_the_institutions() -> None:
    assert officer_from_fields(CLERK.number, CLERK.to_fields()) == CLERK
    assert CLERK.only_own_institution
    assert not CLERK.vouches
    assert not CLERK.may(Permission.READ_CASES)


def test_an_institution_in_another_role_grants_nothing() -> None:
    """Whoever writes one behind a role that has none, or behind one nobody knows, is read here as by programs of
    before: as nothing."""
    strange = ["administrator:中国农业银行", "teller:兰州银行", "bank_clerk "]
    officer = officer_from_fields("620150", {"name": "林静", "roles": strange})
    assert (officer.roles, officer.institutions) == ((), ())
    assert not officer.vouches
    fields = {"name": "林静", "roles": [*strange, "auditor"]}
    assert officer_from_fields("620150", fields).only_audits


@pytest.mark.parametrize(
    ("roles", "institutions", "code"),
    [
        ((), (), "roles"),
        ((Role.BANK_CLERK,), (), "institution"),
        ((Role.BANK_CLERK,), ("",), "institution"),
        ((Role.BANK_CLERK,), ("长" * 61,), "institution"),
        ((Role.CARRIER_CLERK,), ("中国\u202e移动",), "institution"),
        ((Role.DISPATCHER,), ("兰州银行",), "institution"),
    ],
)
def test_a_seat_that_does_not_fit_is_refused(
    roles: tuple[Role, ...], institutions: tuple[str, ...], code: str
) -> None:
    with pytest.raises(UserInputError, match=rf"^officer\.{code}$"):
        check_seat(Officer("620150", "林静", roles, institutions))
    check_seat(CLERK)


def test_roles_are_read_by_name() -> None:
    assert parse_roles("analyst, duty_leader") == (Role.ANALYST, Role.DUTY_LEADER)
    with pytest.raises(UserInputError, match=r"^officer\.roles$"):
        parse_roles("analyst, king")
