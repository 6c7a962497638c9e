"""Rules no linter knows: no words in code, no vague names, no machine's paths."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT, Module, called_name, expect_none, modules, text_files

CHINESE = re.compile(r"[\u3400-\u9fff]")
WORDS = re.compile(r"[A-Za-z]{2}")
SHOWING = frozenset(
    {
        "setText", "setWindowTitle", "setPlaceholderText", "setToolTip", "setStatusTip", "setTitle",
        "setAccessibleName", "setAccessibleDescription", "setLabelText", "setWhatsThis", "addAction",
        "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction",
    }
)  # fmt: skip
KNOWS_CHARACTERS = frozenset({"desktop/ui/shared/text/datetime_text.py"})
"""Modules that compare characters and show none."""

VAGUE = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"})
MACHINE = re.compile(r"(?<![\w.~-])/(work|root|tmp)/|(?<![\w.])/home/(?!clerk|desk)\w+")
FOLDERS = "fonts|forms|icons|rules|directories|samples|scripts|theme"
RESOURCE = re.compile(rf"({FOLDERS})/[A-Za-z0-9_./-]+\.\w+")


def test_windows_and_commands_hold_no_chinese_words() -> None:
    found = [
        f"{module.name}:{line} {text!r}"
        for module in modules("desktop/ui", "desktop/cli", "desktop/app", "desktop/services")
        for line, text in module.literals
        if CHINESE.search(text) and module.name not in KNOWS_CHARACTERS
    ]
    expect_none(found)


def test_widgets_are_given_texts_from_the_catalogue_only() -> None:
    found = []
    for module in modules("desktop/ui", "desktop/app"):
        for node in module.nodes:
            if isinstance(node, ast.Call) and called_name(node) in SHOWING:
                found += [
                    f"{module.name}:{node.lineno} {argument.value!r}"
                    for argument in node.args
                    if isinstance(argument, ast.Constant)
                    and isinstance(argument.value, str)
                    and WORDS.search(argument.value)
                ]
    expect_none(found)


OWN_STAGE = frozenset(
    {
        "desktop/bundles/signed_files/audit_file.py",
        "desktop/bundles/signed_files/court_handover_bag.py",
        "desktop/bundles/codes/qr.py",
    }
)
"""Modules that read only files this program wrote, or was handed by a test."""


def test_what_people_bring_is_opened_in_one_way() -> None:
    found = []
    for module in modules("desktop/bundles", "desktop/centre", "desktop/services"):
        for node in module.nodes:
            name = called_name(node) if isinstance(node, ast.Call) else ""
            plain = name == "open" and any(
                isinstance(argument, ast.Constant) and argument.value == "rb"
                for argument in node.args  # type: ignore[attr-defined]  # a call, or it had no name
            )
            if (plain or name in {"read_bytes", "copyfile"}) and module.name not in OWN_STAGE:
                found.append(f"{module.name}:{node.lineno}")  # type: ignore[attr-defined]
    expect_none(found)


def test_modules_say_what_they_are_about() -> None:
    vague = [
        module.name
        for module in modules("desktop", "tests", "packaging")
        if VAGUE & set(module.name.removesuffix(".py").split("/"))
    ]
    expect_none(vague)


EXPLAINED = re.compile(r"``([a-z_]\w*)``(?=:)")
NAMES = re.compile(r"\w+")


def test_a_documentation_explains_names_that_are_there() -> None:
    """A parameter that was renamed goes on being explained by its former name, which nobody finds any more. What a
    class has from another may be named in that one's module."""
    read = modules("desktop")
    used = {module.name: _names_used(module) for module in read}
    anywhere = frozenset[str]().union(*used.values())
    found = []
    for module in read:
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                inherits = isinstance(node, ast.ClassDef) and bool(node.bases)
                known = anywhere if inherits else used[module.name]
                text = ast.get_docstring(node, clean=False) or ""
                found += [
                    f"{module.name}:{node.lineno} {name}"
                    for name in EXPLAINED.findall(text)
                    if name not in known
                ]
    expect_none(found)


def _names_used(module: Module) -> frozenset[str]:
    """Every name in the code, and every word in its texts."""
    found: set[str] = set()
    for node in module.nodes:
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.keyword(arg=str(name)):
                found.add(name)
            case _:
                pass
    for _line, text in module.literals:
        found |= {*NAMES.findall(text)}
    return frozenset(found)


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = [
        f"{name}:{number}"
        for name, text in text_files()
        if not name.startswith("tests/architecture/") and "/vectors/" not in name
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line)
    ]
    expect_none(found)


def test_resources_named_in_code_exist() -> None:
    missing = [
        f"{module.name}:{line} {text}"
        for module in modules("desktop")
        for line, text in module.literals
        if RESOURCE.fullmatch(text) and not (ROOT / "resources" / text).exists()
    ]
    expect_none(missing)


def test_archives_are_never_unpacked_wholesale() -> None:
    """A foreign archive is read member by member, with bounds (``extractall`` follows what it finds)."""
    calls = [
        f"{module.name}:{node.lineno}"
        for module in modules("desktop")
        for node in module.nodes
        if isinstance(node, ast.Call) and called_name(node) in {"extractall", "unpack_archive"}
    ]
    expect_none(calls)


def test_the_store_is_asked_in_words_both_databases_understand() -> None:
    """By ``desktop.storage.database.statements``, and without what only SQLite knows."""
    ours = re.compile(r"database/\w+\.py|dialects/\w+\.py|upkeep/place\.py")
    own_words = re.compile(
        r"INSERT OR |PRAGMA |json_extract|\bGLOB\b|\?[0-9]|\browid\b|\binstr\(", re.ASCII
    )
    found = []
    for module in modules("desktop/storage"):
        name = module.name.removeprefix("desktop/storage/")
        if ours.fullmatch(name):
            continue
        found += [
            f"{module.name}:{node.lineno} exec_driver_sql"
            for node in module.nodes
            if isinstance(node, ast.Call) and called_name(node) == "exec_driver_sql"
        ]
        found += [
            f"{module.name}:{line} {text!r}"
            for line, text in module.literals
            if own_words.search(text) and name != "upkeep/copying.py"
        ]
    expect_none(found)


def has_members(node: ast.expr) -> bool:
    """Whether what is gone through is written out, or counted."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return bool(node.elts)
    return isinstance(node, ast.Call) and called_name(node) == "range"


def may_be_of_nothing(test: ast.expr) -> Iterator[int]:
    """Lines of each ``all`` in an assertion that would hold of nothing too."""
    for node in ast.walk(test):
        if isinstance(node, ast.Call) and called_name(node) == "all" and node.args:
            asked = node.args[0]
            if isinstance(asked, ast.GeneratorExp | ast.ListComp):
                asked = asked.generators[0].iter
            if not has_members(asked):
                yield node.lineno


def test_no_assertion_holds_because_there_is_nothing() -> None:
    """``all_of`` of ``tests/support/strict.py`` asks for one at least; where there may be none, the wrong ones are
    listed and none is expected."""
    found = [
        f"{module.name}:{line}"
        for module in modules("tests")
        if "all(" in module.text
        for node in module.nodes
        if isinstance(node, ast.Assert)
        for line in may_be_of_nothing(node.test)
    ]
    expect_none(found)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("all(x for x in found)", [1]), ("done and all(found)", [1]), ("all(x for x in (1, 2))", []),
        ("all(x in text for x in range(3))", []), ("all(x for x in ())", [1]), ("all_of(found)", []),
    ],
)  # fmt: skip
def test_an_all_of_nothing_is_seen(source: str, lines: list[int]) -> None:
    assert list(may_be_of_nothing(ast.parse(source, mode="eval").body)) == lines


def test_windows_call_services_without_a_port() -> None:
    """``docs/decisions/0059-windows-call-services-directly.md``."""
    expect_none(
        f"{module.name}:{node.lineno} {node.name}"
        for module in modules("desktop/ui", "desktop/app")
        for node in module.nodes
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Port", "Verbs"))
    )
