"""The words that schools use, from config/headers.yaml and config/values.yaml, folded for comparison."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from coordinator_tui.book.shipped import shipped
from coordinator_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_BRACKETED = re.compile(r"[(\[【〔「{][^)\]】〕」}]*[)\]】〕」}]")
_DECORATION = re.compile(r"[*:,;、。_#☆★※]|^\d+\.")


def label_keys(text: str) -> tuple[str, ...]:
    """Return what a label may be compared by: whole, without what stands in brackets, without 名称."""
    folded = fold(text)
    whole = _DECORATION.sub("", folded)
    bare = _DECORATION.sub("", _BRACKETED.sub("", folded))
    keys = (whole.translate(_NO_BRACKETS), bare, bare.removesuffix("名称"))
    return tuple(dict.fromkeys(key for key in keys if key))


_NO_BRACKETS = str.maketrans("", "", "()[]【】〔〕「」{}")


def _load(name: str) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with shipped(f"config/{name}.yaml").open("rb") as file:
        loaded = yaml.load(file, loader)  # noqa: S506 - both loaders are the safe one
    assert isinstance(loaded, dict)
    return loaded


def _inverted(table: Mapping[str, Any]) -> dict[str, str]:
    """Folded synonym → code; a code is its own synonym."""
    pairs = ((str(word), code) for code, words in table.items() for word in (code, *(words or ())))
    return {key: code for word, code in pairs for key in (fold(word),)}


@lru_cache(maxsize=1)
def _header_file() -> dict[str, Any]:
    return _load("headers")


def _second_fields() -> dict[str, dict[str, str]]:
    return dict(_header_file()["second_column"])


@lru_cache(maxsize=1)
def _headers() -> dict[str, dict[str, str]]:
    tables = {kind: fields for kind, fields in _header_file().items() if kind != "second_column"}
    return {
        kind: {key: field for field, words in fields.items() for word in words for key in label_keys(str(word))}
        for kind, fields in tables.items()
    }


@lru_cache(maxsize=8)
def label_ranks(kind: str) -> Mapping[str, int]:
    """Folded label → how good it is: of two columns for one field, the label that comes first in the file wins."""
    return {label: place for place, label in enumerate(header_words(kind))}


def second_field(kind: str, field: str) -> str:
    """Return the field that a second column of `field` means (时间 beside 日期 is the time of day), "" for none."""
    return _second_fields().get(kind, {}).get(field, "")


@lru_cache(maxsize=1)
def _values() -> dict[str, dict[str, str]]:
    return {name: _inverted(table) for name, table in _load("values").items()}


def header_words(kind: str) -> Mapping[str, str]:
    """Folded label → field, for "members", "marks", "work" or "sessions"."""
    return _headers()[kind]


def field_names(kind: str) -> tuple[str, ...]:
    """Return the fields that a file of this kind may have."""
    return tuple(dict.fromkeys(header_words(kind).values()))


def values(name: str) -> Mapping[str, str]:
    """Folded synonym → code of one list of values, such as "titles"."""
    return _values()[name]
