"""TOML that anybody may have written: a wording keeps its dots, a key of endless parts is refused at once."""

from __future__ import annotations

import pytest
import tomli_w

from desktop.runtime.files.toml_text import parse_toml

DOTTED = ".".join("a" * 100_000)


@pytest.mark.parametrize("blank", ["." * 900, "\n".join(["……" + "." * 150] * 9), '".' * 300])
def test_a_wording_may_hold_blanks_made_of_dots(blank: str) -> None:
    written = tomli_w.dumps({"phrases": {"receipt.note": blank}})
    assert parse_toml(written)["phrases"]["receipt.note"] == blank


@pytest.mark.parametrize(
    "text",
    [
        f"{DOTTED} = 1",
        f"[{DOTTED}]",
        ".".join(['"a"'] * 100_000) + " = 1",
        f"x = {{ y = '''it's \"''', {DOTTED} = \"v\" }}",
        f"x = '''\nit's \"'''\ny = {{ {DOTTED} = \"v\" }}",
    ],
    ids=["key", "table", "quoted parts", "behind a text", "behind a text of two lines"],
)
def test_a_key_of_endless_parts_is_refused_at_once(text: str) -> None:
    with pytest.raises(ValueError, match="parts"):
        parse_toml(text)
