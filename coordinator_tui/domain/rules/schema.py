"""The JSON Schema of rule packs, made from the reader's own tables, for editors that check while one types.

`python -m coordinator_tui.domain.rules.schema` writes it to standard output; docs/rule-pack.schema.json is a copy.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from coordinator_tui.domain.rules.format_assessment import ASSESSMENT, BONUS, MARK_POINTS, PARTS, VETO, ZERO
from coordinator_tui.domain.rules.format_pack import CADENCE, CLAUSE, PACK
from coordinator_tui.domain.rules.format_requirement import (
    DUE_KEYS,
    EXEMPT,
    HOW_MANY_KEYS,
    PER_SHAPES,
    REQUIREMENT,
    WHO,
)
from coordinator_tui.domain.rules.format_settings import SETTING
from coordinator_tui.domain.rules.format_what import SOURCES

if TYPE_CHECKING:
    from coordinator_tui.domain.rules.shape import Shape

SHAPES: tuple[Shape, ...] = (
    PACK, SETTING, CLAUSE, REQUIREMENT, WHO, EXEMPT, *SOURCES.values(), HOW_MANY_KEYS, *PER_SHAPES.values(), DUE_KEYS,
    CADENCE, ASSESSMENT, *PARTS.values(), MARK_POINTS, ZERO, BONUS, VETO,
)  # fmt: skip
"""Every group of keys of the format, in the order in which the documentation explains them."""

_WORDS = {
    "anyOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "properties": {"zh": {"type": ["string", "number"]}, "en": {"type": ["string", "number", "null"]}},
            "required": ["zh"],
            "additionalProperties": False,
        },
    ]
}
_REFERENCE = {
    "type": "object",
    "properties": {"setting": {"type": "string"}},
    "required": ["setting"],
    "additionalProperties": False,
}


def json_schema() -> dict[str, Any]:
    """Return the schema: what it refuses, the reader refuses; the reader alone sees what does not go together."""
    definitions = {shape.ref: shape.definition() for shape in SHAPES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "coordinator-tui rule pack, format 1",
        "$ref": f"#/$defs/{PACK.ref}",
        "$defs": {"words": _WORDS, "setting_reference": _REFERENCE, **definitions},
    }


def main() -> None:
    """Write the schema to standard output."""
    import json

    sys.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
