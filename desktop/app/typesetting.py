"""The typesetter of an installation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.documents.case_forms.unit_forms import UnitTexts, no_texts
from desktop.documents.printing.form_compiler import FormCompiler
from desktop.documents.sheets.typst_sheets import TypstSheets
from desktop.domain.installation.bound_files import FORMS, find_changes
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.bound.bound_texts import bound_files

if TYPE_CHECKING:
    from desktop.app.profile.bound_folder import ProfileFolder
    from desktop.services.ports import Store


def typesetter(
    fingerprint: Callable[[], str], unit: Callable[[], UnitTexts] = no_texts
) -> tuple[TypstPapers, TypstSheets]:
    """Papers are in Chinese whatever the window speaks; ``fingerprint``: of the key in use, for those that name it;
    ``unit``: what the unit prints by in the place of the shipped wording."""
    compiler = FormCompiler(resource_path("forms"), resource_path("fonts"))
    catalogue = Catalogue.load("zh_CN")
    return TypstPapers(compiler, catalogue, unit), TypstSheets(compiler, catalogue, fingerprint)


def unit_texts(store: Store, device: str, folder: ProfileFolder) -> UnitTexts:
    """The templates and wordings that are bound, and which files say something else meanwhile."""
    with store.read() as reader:
        bound = bound_files(reader, device, FORMS)
    texts = {path: file.text for path, file in bound.items() if file.text is not None}
    changed = find_changes(bound, folder.forms())
    return UnitTexts(
        {path.removeprefix(FORMS): text for path, text in texts.items()},
        tuple(item.path.removeprefix(FORMS) for item in changed),
        {path.removeprefix(FORMS): bound[path].original for path in texts},
    )
