"""Branches are counted by package, and each package is held to its own rate."""

from __future__ import annotations

from tests.packaging.scripts import load_script

check = load_script("check_coverage")


def a_report(**files: tuple[int, int]) -> dict[str, object]:
    return {
        "files": {
            f"/somewhere/desktop/{name.replace('__', '/')}.py": {
                "summary": {"covered_branches": taken, "num_branches": there}
            }
            for name, (taken, there) in files.items()
        }
    }


def test_rates_add_up_the_files_of_a_package() -> None:
    found = check.rates(
        a_report(domain__a=(1, 4), domain__b__c=(5, 6), ui__d=(0, 2), cli__e=(0, 0))
    )
    assert found == {"domain": 60.0, "ui": 0.0}


def test_what_an_order_rests_on_is_held_to_more() -> None:
    assert check.low({"domain": 95.0, "ui": 85.0}) == {}
    assert check.low({"domain": 94.9, "ui": 84.9}) == {"domain": 95.0, "ui": 85.0}
