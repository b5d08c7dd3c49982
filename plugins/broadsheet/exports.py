"""What a package exports, imported from its modules when it is first asked for.

A command that takes one name of a package then loads what that name takes, and no other module of
the package (PEP 562). Only for names that none of the package's modules has: importing a module
would hide the export of its name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def exported(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a package's `__getattr__`, for exports given as the names of each module, separated
    by spaces. Raises AttributeError, as it must, for any other name."""
    owners = {name: module for module, names in modules.items() for name in names.split()}

    def export(name: str) -> Any:
        if name not in owners:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f".{owners[name]}", package), name)
        setattr(sys.modules[package], name, value)  # so that it is asked for once
        return value

    return export
