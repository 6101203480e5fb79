"""The portable JSON database: change logs, merge, TinyDB tables, history.

A name's module is imported when the name is first asked for: opening a book needs few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordinator_tui.store.archive import backup, restore
    from coordinator_tui.store.checkup import Finding, doctor
    from coordinator_tui.store.conflicts import Conflict, Sibling
    from coordinator_tui.store.errors import (
        ArchiveError,
        DamagedStore,
        NewerFormat,
        NotAStore,
        StoreError,
        StoreExists,
        StoreLocked,
        StoreReadOnly,
        StoreWarning,
        WriteFailed,
    )
    from coordinator_tui.store.history import MISSING, Change
    from coordinator_tui.store.ids import key_id, new_id
    from coordinator_tui.store.store import Changes, Store
    from coordinator_tui.store.summary import StoreInfo
    from coordinator_tui.store.transaction import Transaction
    from coordinator_tui.store.undo import Step

__all__ = [
    "MISSING",
    "ArchiveError",
    "Change",
    "Changes",
    "Conflict",
    "DamagedStore",
    "Finding",
    "NewerFormat",
    "NotAStore",
    "Sibling",
    "Step",
    "Store",
    "StoreError",
    "StoreExists",
    "StoreInfo",
    "StoreLocked",
    "StoreReadOnly",
    "StoreWarning",
    "Transaction",
    "WriteFailed",
    "backup",
    "doctor",
    "key_id",
    "new_id",
    "restore",
]

_MODULES = {
    "archive": ("backup", "restore"),
    "conflicts": ("Conflict", "Sibling"),
    "checkup": ("Finding", "doctor"),
    "errors": (
        "ArchiveError",
        "DamagedStore",
        "NewerFormat",
        "NotAStore",
        "StoreError",
        "StoreExists",
        "StoreLocked",
        "StoreReadOnly",
        "StoreWarning",
        "WriteFailed",
    ),
    "history": ("MISSING", "Change"),
    "ids": ("key_id", "new_id"),
    "store": ("Changes", "Store"),
    "summary": ("StoreInfo",),
    "transaction": ("Transaction",),
    "undo": ("Step",),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
