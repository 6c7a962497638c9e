"""Files, functions and folders stay small enough to be read in one go."""

import ast
from collections import Counter

from tests.architecture.sources import Module, expect_none, modules

FILE_LINES = 500
TEST_FILE_LINES = 600
FUNCTION_LINES = 60
FOLDER_FILES = 20


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


def test_no_folder_of_the_program_has_more_files_than_its_cap() -> None:
    counted = Counter(module.name.rpartition("/")[0] for module in modules("desktop"))
    expect_none([f"{folder} {count}" for folder, count in counted.items() if count > FOLDER_FILES])
