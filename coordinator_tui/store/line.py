"""One line of a change log: its bytes, its hash chain, and what is left of it after a purge.

A line is `HEADER,"o":PAYLOAD,"h":"HASH"}` and a newline, where HEADER begins with `{"n":`. The hash covers the hash
of the line before, the header's bytes and the hash of the payload's bytes, so that a payload can later give way to
its hash.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import orjson

from coordinator_tui.store.blake import blake2b

JSON: TypeAlias = "bool | int | float | str | list[Any] | dict[str, Any] | None"
Record: TypeAlias = "dict[str, Any]"  # one parsed line

FORMAT = 1
_MARK = b',"o":'
_TAIL = len(b',"h":"0123456789abcdef"}')


class BadLine(ValueError):  # noqa: N818 - the names say what is the matter
    """The bytes are not the line that follows; the message says why in a few words."""


def digest_of(data: bytes | memoryview) -> bytes:
    """Return the 64-bit BLAKE2b hash."""
    return blake2b(data, digest_size=8).digest()


def root_of(store_id: str, replica: str) -> bytes:
    """Return the hash before a replica's first line; it binds a log to its book and its replica."""
    return digest_of(f"{store_id}/{replica}".encode())


def encode(header: bytes, payload: bytes, previous: bytes) -> tuple[bytes, bytes]:
    """Return a line with its newline, and its hash; `header` has its opening brace and no comma at the end."""
    digest = blake2b(previous + header + blake2b(payload, digest_size=8).digest(), digest_size=8).digest()
    return b'%b,"o":%b,"h":"%b"}\n' % (header, payload, digest.hex().encode()), digest


def decode(raw: bytes, previous: bytes, number: int | None = None) -> tuple[Record, bytes]:
    """Return a line (without newline) parsed, and its hash.

    Raises BadLine when it does not follow the line with the hash `previous`, or is not line `number`.
    """
    cut = raw.find(_MARK)
    if cut < 0 or raw[-_TAIL:-18] != b',"h":"' or raw[-2:] != b'"}':
        raise BadLine("this is not a whole line")
    payload = raw[cut + 5 : -_TAIL]
    inner = blake2b(payload, digest_size=8).digest()
    if payload[:1] == b"{":
        inner = _purged_digest(payload)
    digest = blake2b(previous + raw[:cut] + inner, digest_size=8).digest()
    if digest.hex().encode() != raw[-18:-2]:
        raise BadLine("the hash does not fit, so bytes were changed or lines are missing")
    try:
        record = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise BadLine("this is not JSON") from error
    if type(record.get("n")) is not int or type(record.get("t")) is not str:
        raise BadLine("number or clock is missing")
    if number is not None and record["n"] != number:
        raise BadLine(f"line {record['n']} stands where {number} should")
    return record, digest


def stated_hash(raw: bytes) -> bytes:
    """Return the hash that a line (without newline) says it has; nothing when it says none."""
    try:
        return bytes.fromhex(raw[-18:-2].decode())
    except ValueError:
        return b""


def _purged_digest(payload: bytes) -> bytes:
    """Return the hash that a purged payload had, after checking what was kept of it."""
    try:
        body = orjson.loads(payload)
        inner = bytes.fromhex(body["purged"])
        if digest_of(orjson.dumps(body["kept"])).hex() == body["check"]:
            return inner
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        pass
    raise BadLine("a purged line does not fit its check")


def purge_payload(raw: bytes, kept: list[Any]) -> bytes:
    """Return the line (without newline) with only `kept` of its operations; its hash stays valid."""
    cut = raw.find(_MARK)
    payload = raw[cut + 5 : -_TAIL]
    inner = _purged_digest(payload) if payload[:1] == b"{" else digest_of(payload)
    body = {"purged": inner.hex(), "check": digest_of(orjson.dumps(kept)).hex(), "kept": kept}
    return raw[: cut + 5] + orjson.dumps(body) + raw[-_TAIL:]


def operations(record: Record) -> list[Any]:
    """Return a line's operations, or those that a purge kept."""
    ops = record.get("o")
    if type(ops) is dict:
        ops = ops.get("kept")
    return ops if type(ops) is list else []


def names_document(op: object) -> bool:
    """Tell whether an operation, known to us or not, begins with a table and a document."""
    return type(op) is list and len(op) >= 3 and type(op[0]) is str and type(op[1]) is int


def annotation(record: Record) -> dict[str, Any]:
    """Return the details of the user's step that the line carries."""
    for op in operations(record):
        if type(op) is list and len(op) == 1 and type(op[0]) is dict:
            return op[0]
    return {}
