"""Files and functions stay small enough to be read in one go."""

import ast

from tests.architecture.sources import Module, expect_none, modules

FILE_LINES = 500
TEST_FILE_LINES = 600
FUNCTION_LINES = 60


def lines(module: Module) -> int:
    return module.text.count("\n")


def test_no_file_is_longer_than_its_cap() -> None:
    long = [
        f"{module.name} {lines(module)}"
        for module in modules("desktop", "packaging", "tests")
        if lines(module) > (TEST_FILE_LINES if module.name.startswith("tests/") else FILE_LINES)
    ]
    expect_none(long)


def test_no_function_is_longer_than_its_cap() -> None:
    long = [
        f"{module.name}:{node.lineno} {node.name}"
        for module in modules("desktop", "packaging", "tests")
        for node in module.nodes
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or node.lineno) - node.lineno >= FUNCTION_LINES
    ]
    expect_none(long)
