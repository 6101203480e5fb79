"""Identifiers of documents: 53-bit positive integers, so that JSON numbers and stock TinyDB hold them exactly."""

from __future__ import annotations

import os

from coordinator_tui.store.blake import blake2b

_MASK = (1 << 53) - 1


def new_id() -> int:
    """Return a random id, 1 to 2**53 - 1."""
    return (int.from_bytes(os.urandom(7), "big") & _MASK) or 1


def key_id(*parts: str | int) -> int:
    """Return the id of a natural key: the same parts give the same id on every machine."""
    text = "\x1f".join(f"{type(part).__name__[0]}{part}" for part in parts)
    return (int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big") & _MASK) or 1


def new_replica() -> str:
    """Return a random name for a replica: 10 characters, safe in any file name."""
    number = int.from_bytes(os.urandom(7), "big")
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "".join(letters[(number >> (5 * place)) & 31] for place in range(10))
