"""The dictionary of readings: looked up where it lies, and the same as pypinyin's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypinyin.pinyin_dict import pinyin_dict

from coordinator_tui.text import pinyin, readings

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def no_memory() -> Iterator[None]:
    """Look everything up afresh, before and after."""
    known = (readings._dictionary, readings._whole_dictionary, readings._char_readings, readings.syllables)
    for one in known:
        one.cache_clear()
    yield
    for one in known:
        one.cache_clear()


def test_every_character_is_read_as_the_dictionary_says() -> None:
    known = {point: said for point, said in pinyin_dict.items() if point >= 0x2E80}
    lookup = readings._dictionary()
    assert {point: lookup.get(point) for point in known} == known
    assert [lookup.get(point) for point in (0, 12294, 13314, 10**7)] == [""] * 4


@pytest.mark.usefixtures("no_memory")
@pytest.mark.parametrize("text", [b"", b"{}", b'{"24352":"x"}', b'{\n"30000": "x",\n"24352": "x"\n}'])
def test_names_are_read_whatever_form_the_data_file_has(text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_dictionary", lambda: readings._Dictionary(text))
    assert pinyin("李明")[0] == "liming"
