"""The typesetter of an installation."""

from __future__ import annotations

from collections.abc import Callable

from desktop.documents.typst_papers import TypstPapers
from desktop.runtime.catalogue import Catalogue
from desktop.runtime.paths import ProfilePaths
from desktop.runtime.resources import resource_path


def typesetter(paths: ProfilePaths, fingerprint: Callable[[], str]) -> TypstPapers:
    """Papers are in Chinese whatever the window speaks; ``fingerprint``: of the key in use, for those that name it."""
    return TypstPapers(
        resource_path("forms"),
        resource_path("fonts"),
        Catalogue.load("zh_CN"),
        fingerprint=fingerprint,
        unit_forms=paths.forms,
    )
