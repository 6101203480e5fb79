"""BLAKE2b without `hashlib`, which would load OpenSSL for it: five milliseconds of every start."""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # a Python that was built without it
    from hashlib import blake2b

__all__ = ["blake2b"]
