"""The JSON of one check, as the command line prints it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from desktop.domain.errors import UserInputError
from desktop.domain.reference.directories import NoDirectories
from desktop.services.cases.form.check_identifier import check_identifier, to_json

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("kind", "value", "valid", "problems"),
    [
        ("qq", "10001", True, []),
        ("qq", "0", False, ["prefix"]),
        ("wechat", "小明", False, ["nickname"]),
    ],
)
def test_the_shape(kind: str, value: str, valid: object, problems: list[str]) -> None:
    document = to_json(check_identifier(kind, value, NoDirectories(), TODAY))
    assert list(document) == ["kind", "value", "normal", "valid", "problems", "facts"]
    assert (document["valid"], document["problems"]) == (valid, problems)
    assert type(document["valid"]) is type(valid)
    assert json.loads(json.dumps(document)) == document


def test_an_unknown_kind() -> None:
    with pytest.raises(UserInputError) as caught:
        check_identifier("", "10001", NoDirectories(), TODAY)
    assert caught.value.code == "identifier.kind"
