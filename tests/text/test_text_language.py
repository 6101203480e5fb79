"""The program speaks Chinese or English: as told, else as the system says."""

from __future__ import annotations

import gettext as stdlib
import os
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from coordinator_tui.text import current_language, gettext, language, lazy, ngettext, pgettext, select_language
from coordinator_tui.text.po import compiled_bytes, read_entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCALE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
SOURCE = """\
# a translator's remark
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Late"
msgstr "迟到"
msgctxt "verb"
msgid "Mark"
msgstr "点"

#, fuzzy
msgid "Early"
msgstr "早"

msgid "{count} member"
msgid_plural "{count} members"
msgstr[0] "{count} 名成员"

msgid ""
"A \\"long\\"\\n"
"text"
msgstr "一段\\n“长”文"

msgid "Untranslated"
msgstr ""

#~ msgid "Gone"
#~ msgstr "没了"
"""


@pytest.fixture(autouse=True)
def language_put_back() -> Iterator[None]:
    before = current_language()
    yield
    select_language("pseudo")  # so that the real catalogue is read anew
    select_language(before)


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put catalogues of our own where the program looks for them, and speak Chinese."""
    source = tmp_path / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(language, "__file__", str(tmp_path / "language.py"))
    select_language("en")
    select_language("zh")
    return source


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_systems_locale_decides_unless_told(
    environment: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in LOCALE_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert select_language(None) == spoken
    assert current_language() == spoken


@pytest.mark.parametrize(
    ("told", "spoken"), [("zh", "zh"), ("zh-Hans", "zh"), ("en_GB.UTF-8", "en"), ("pseudo", "pseudo")]
)
def test_a_language_may_be_told_by_code_or_locale(told: str, spoken: str) -> None:
    assert select_language(told) == spoken


def test_a_language_without_texts_is_refused_and_the_old_one_stays() -> None:
    select_language("zh")
    with pytest.raises(ValueError, match="tlh"):
        select_language("tlh")
    assert current_language() == "zh"


@pytest.mark.usefixtures("catalogue")
def test_texts_come_in_the_language_in_force() -> None:
    label = lazy("Late")
    assert (gettext("Late"), str(label), f"{label:>4}") == ("迟到", "迟到", "  迟到")
    assert pgettext("verb", "Mark") == "点"
    assert ngettext("{count} member", "{count} members", 1).format(count=1) == "1 名成员"
    assert gettext('A "long"\ntext') == "一段\n“长”文"
    select_language("en")
    assert (gettext("Late"), str(label)) == ("Late", "Late")
    assert ngettext("{count} member", "{count} members", 1) == "{count} member"
    assert ngettext("{count} member", "{count} members", 2) == "{count} members"


@pytest.mark.usefixtures("catalogue")
def test_what_is_not_translated_or_not_sure_shows_in_english() -> None:
    assert [gettext(text) for text in ("Untranslated", "Early", "Gone", "Mark", "")] == [
        "Untranslated",
        "Early",
        "Gone",
        "Mark",
        "",
    ]


def test_an_edited_catalogue_counts_before_it_is_compiled_again(catalogue: Path) -> None:
    catalogue.with_suffix(".mo").write_bytes(compiled_bytes(read_entries(SOURCE.replace("迟到", "晚到"))))
    select_language("en")
    select_language("zh")
    assert gettext("Late") == "晚到"
    catalogue.write_text(SOURCE, encoding="utf-8")
    moment = catalogue.with_suffix(".mo").stat().st_mtime + 60
    os.utime(catalogue, (moment, moment))
    select_language("en")
    select_language("zh")
    assert gettext("Late") == "迟到"


def test_an_edited_catalogue_is_compiled_once_and_each_edit_counts(catalogue: Path) -> None:
    def late() -> str:
        select_language("en")
        select_language("zh")
        return gettext("Late")

    compiled = catalogue.with_suffix(".mo")
    assert late() == "迟到"
    first = compiled.stat()
    assert late() == "迟到"
    assert compiled.stat() == first
    for word in ("晚到", "来迟"):  # two edits within a moment
        catalogue.write_text(SOURCE.replace("迟到", word), encoding="utf-8")
        assert late() == word
    assert [file.name for file in catalogue.parent.glob("*.mo")] == ["messages.mo"]


def test_a_catalogue_that_cannot_be_kept_compiled_speaks_all_the_same(catalogue: Path) -> None:
    catalogue.with_suffix(".mo").unlink(missing_ok=True)
    catalogue.with_suffix(".mo").mkdir()
    (catalogue.with_suffix(".mo") / "in the way").touch()
    moment = catalogue.with_suffix(".mo").stat().st_mtime + 60
    os.utime(catalogue, (moment, moment))
    select_language("en")
    select_language("zh")
    assert gettext("Late") == "迟到"
    assert [file.name for file in catalogue.parent.glob("*.mo")] == ["messages.mo"]


def test_our_compiled_form_says_what_babels_says() -> None:
    by_babel = BytesIO()
    write_mo(by_babel, read_po(BytesIO(SOURCE.encode()), locale="zh_CN"))
    by_babel.seek(0)
    ours = stdlib.GNUTranslations(BytesIO(compiled_bytes(read_entries(SOURCE))))
    theirs = stdlib.GNUTranslations(by_babel)
    messages = ["Late", "Mark", "Early", 'A "long"\ntext', "Untranslated", "Gone"]
    assert [ours.gettext(one) for one in messages] == [theirs.gettext(one) for one in messages]
    assert ours.pgettext("verb", "Mark") == theirs.pgettext("verb", "Mark") == "点"
    assert ours.ngettext("{count} member", "{count} members", 5) == "{count} 名成员"


def test_the_pseudo_language_marks_all_that_is_translated() -> None:
    select_language("pseudo")
    assert gettext("Late") == "⟦Late⟧"
    assert ngettext("{n} note", "{n} notes", 2) == "⟦{n} notes⟧"
    assert pgettext("verb", "Mark") == "⟦Mark⟧"
    assert lazy("week {n}").format(n=3) == "⟦week 3⟧"


def test_equal_lazy_texts_are_one_key() -> None:
    assert {lazy("Late"): 1}[lazy("Late")] == 1
    assert lazy("Late") != lazy("Early")
    assert lazy("Late") != "Late"
    assert repr(lazy("Late")) == "lazy('Late')"
