"""A draft as the YAML of a rule pack: what a person accepted as rules, all that is doubtful as settings and comments.

What is written is a document of a Chinese school, for people of that school to edit: its comments are Chinese.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordinator_tui.domain.rules.draft_blocks import Blocks, block_of
from coordinator_tui.domain.rules.draft_parts import Flag
from coordinator_tui.text import initials

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coordinator_tui.domain.rules.draft_parts import Draft, DraftClause, Proposal, Regulation

_COMMENTS = {
    Flag.LOST_DIGITS: "数字缺失，请按本校文件填写",
    Flag.LOST_NUMBER: "条款编号缺失，按先后顺序编号",
    Flag.NO_FREQUENCY: "原文只写“定期”，没有写多久一次",
    Flag.NO_SHARE: "原文只写“一定比例”，没有写数字",
    Flag.VAGUE: "原文没有写明数量",
    Flag.IMPLIED: "原文没有写次数，可理解为每期（每次）至少一次",
    Flag.AMBIGUOUS: "界限可作两种理解（是否含本数，或只是约数）",
    Flag.NO_PERIOD: "原文写了数量，没有写在多长时间内",
    Flag.UNKNOWN_THING: "系统没有对应的记录，只作提醒",
    Flag.UNKNOWN_PEOPLE: "适用对象无法写成规则，先只作建议显示，请补上适用对象",
    Flag.EMPTY: "只有标题，没有正文",
    Flag.TRUNCATED: "文字不完整，后面可能缺失",
    Flag.GARBLED: "有乱码，请对照原文改正",
}


def to_yaml(
    draft: Draft,
    accepted: Mapping[str, float | None],
    regulation: int | None = None,
    *,
    id: str | None = None,  # noqa: A002 - as a pack calls it
    title: str | None = None,
) -> str:
    """Return the text of a pack, which the reader takes.

    `accepted` are the ids of the proposals that become rules: with None as they were read, with a number as a person
    set it. A flagged proposal without a number that a person set gets a setting, which the product asks for; everything
    else stands as a comment. `regulation` (from 1) writes only one of several. Clause texts are the document's own.
    `title` is what the pack is called, where that is not the document's title.
    """
    chosen = draft.regulations if regulation is None else (draft.regulations[regulation - 1],)
    single = len(draft.regulations) > 1 and len(chosen) == 1
    writer = _Writer(accepted, prefix=f"{regulation}-" if single else "")
    for each in chosen:
        writer.regulation(each, several=len(chosen) > 1)
    own = (chosen[0].title if len(chosen) == 1 else draft.title) or draft.title
    applies = next((each.applies for each in chosen if each.applies), "")
    return writer.pack(pack_id(id or draft.id), title or own, own, applies)


def pack_id(text: str) -> str:
    """Return a text as a pack's id: small letters, digits and hyphens; Chinese by the initials of its pinyin."""
    plain = "".join(initials(char) if "\u4e00" <= char <= "\u9fff" else char for char in text[:60].lower())
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:50] or "draft"


_UNSAFE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def quoted(text: str) -> str:
    """Return a text as a YAML scalar in quotation marks, on one line."""
    return json.dumps(_UNSAFE.sub(" ", text), ensure_ascii=False)


def short(text: str, most: int = 40) -> str:
    """Return a text on one line, cut."""
    line = " ".join(_UNSAFE.sub(" ", text).split()) or "（无文字）"
    return line if len(line) <= most else line[: most - 1] + "…"


def asked(flags: tuple[Flag, ...]) -> str:
    """Return the comment for flags."""
    return "待确认：" + "；".join(_COMMENTS[flag] for flag in flags)


def _title(proposal: Proposal) -> str:
    """Return what a rule is called: the words that it was read from, with the period if they lack it."""
    period = proposal.per.words if proposal.per else ""
    words = proposal.words if period in proposal.words else f"{period}：{proposal.words}"
    return short(words)


@dataclass(slots=True)
class _Writer:
    """Collects the lines of the pack: settings while the clauses are written."""

    accepted: Mapping[str, float | None]
    prefix: str
    settings: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)

    def regulation(self, regulation: Regulation, *, several: bool) -> None:
        """Write the clauses of one regulation."""
        if several:
            self.clauses.append(f"  # ===== {short(regulation.title, 60)} =====")
        for clause in regulation.clauses:
            self._clause(clause)

    def pack(self, pack: str, title: str, own: str, applies: str) -> str:
        """Return the whole text; `own` is the document's title."""
        head = [
            "# 由粘贴的文本草拟的制度包。凡写“待确认”的地方，请对照本校文件核对后再启用。",
            "format: 1",
            f"id: {pack}",
            f"title: {quoted(short(title, 80))}",
            f"source: {quoted('粘贴的文本《' + short(own, 60) + '》，经清理后由程序草拟')}",
            *([] if applies else ["# 待确认：原文没有写明适用对象"]),
            f"applies: {quoted(short(applies, 80) if applies else '（原文没有写明适用对象）')}",
            "version: 1",
        ]
        body = self.clauses or ['  - id: "0"', '    text: "（没有正文）"']
        settings = ["", "settings:", *self.settings] if self.settings else []
        return "\n".join([*head, *settings, "", "clauses:", *body, ""])

    def _clause(self, clause: DraftClause) -> None:
        out = self.clauses
        out.append(f"  - id: {quoted(clause.id.removeprefix(self.prefix))}")
        where = " / ".join([*(short(above, 24) for above in clause.path), clause.number]).strip(" /")
        out.append(f"    # 原文第 {clause.line} 行" + (f"，{where}" if where else ""))
        for doubt in clause.doubts:
            out.append(f"    # {asked((doubt.flag,))}（第 {doubt.line} 行：{short(doubt.words)}）")
        lines = [line for line in clause.text.split("\n") if line.strip()]
        out.append("    text: |-" if lines else '    text: "（没有正文）"')
        out.extend(f"      {_UNSAFE.sub(' ', line).strip()}" for line in lines)
        blocks = Blocks()
        for proposal in clause.proposals:
            self._proposal(proposal, blocks)
        out.extend(blocks.lines())

    def _proposal(self, proposal: Proposal, blocks: Blocks) -> None:
        note = [f"原文第 {proposal.line} 行：“{short(proposal.words, 60)}”"]
        if proposal.flags:
            note.append(asked(proposal.flags))
        if proposal.id not in self.accepted:
            blocks.comment([*note, "未采用"])
            return
        number = self.accepted[proposal.id]
        key = self._key(proposal)
        made = block_of(proposal, number, key, quoted(_title(proposal)))
        if made.setting and number is None:
            self.settings.extend(self._setting(proposal, key, made.setting))
        blocks.add(made, note)

    def _key(self, proposal: Proposal) -> str:
        """Return the id of a proposal's requirement or setting, unique in the pack."""
        return "r" + re.sub(r"[^\w.-]", "-", proposal.id.removeprefix(self.prefix))

    @staticmethod
    def _setting(proposal: Proposal, key: str, setting: tuple[str, ...]) -> Iterator[str]:
        yield f"  {key}:"
        yield f"    # 原文第 {proposal.line} 行"
        yield f"    title: {quoted(_title(proposal))}"
        yield f"    why: {quoted(asked(proposal.flags).removeprefix('待确认：'))}"
        yield from (f"    {line}" for line in setting)
