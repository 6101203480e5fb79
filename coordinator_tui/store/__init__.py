"""The portable JSON database: change logs, merge, TinyDB tables, history."""

from coordinator_tui.store.archive import backup, restore
from coordinator_tui.store.conflicts import Conflict, Sibling
from coordinator_tui.store.doctor import Finding, doctor
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
