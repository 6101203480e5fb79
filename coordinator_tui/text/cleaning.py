"""A regulation as it is pasted from a site that shares documents, made readable: what was added to it is taken out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from coordinator_tui.text.readings import syllables, toneless
from coordinator_tui.text.safe import clean

if TYPE_CHECKING:
    from collections.abc import Callable

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, for the inside of a character class."""


class RemovalKind(StrEnum):
    """What was taken out of a pasted text, or put right in it."""

    PINYIN = "pinyin"
    TRADITIONAL = "traditional"
    BOILERPLATE = "boilerplate"
    COUNTER = "counter"
    REPEATED = "repeated"
    BLANK = "blank"
    WIDTH = "width"
    INVISIBLE = "invisible"


@dataclass(frozen=True, slots=True)
class Removal:
    """One thing taken out: the line of the pasted text (from 1), what it was, the words as they stood there."""

    line: int
    kind: RemovalKind
    words: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that was cleaned; `lines` are the numbers that its lines had in the pasted text, one for each line."""

    text: str
    removed: tuple[Removal, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def counts(self) -> dict[RemovalKind, int]:
        """How many things of each kind were taken out, in the order of the kinds."""
        counted = Counter(removal.kind for removal in self.removed)
        return {kind: counted[kind] for kind in RemovalKind if counted[kind]}


@dataclass(slots=True)
class _Line:
    """A line on its way: its number in the pasted text and what is left of it."""

    number: int
    text: str


class _Cleaner:
    """Holds the lines and notes what goes."""

    def __init__(self, text: str) -> None:
        pasted = _LINE_ENDS.split(text)
        self.lines = [_Line(number, line) for number, line in enumerate(pasted, 1)]
        self.removed: list[Removal] = []

    def note(self, line: _Line, kind: RemovalKind, words: str) -> None:
        self.removed.append(Removal(line.number, kind, words))

    def once(self) -> None:
        """Go over the text once; what goes may uncover more of its kind."""
        for step in _STEPS:
            step(self)

    def state(self) -> list[str]:
        return [line.text for line in self.lines]


_MOST_PASSES = 30


def clean_regulation(text: str) -> Cleaned:
    """Return the text without pinyin in brackets, in Simplified characters, without what a site put around it.

    Whole lines go where nothing is left of them; blank lines stay, one at a time. Never raises; cleaning what was
    cleaned changes nothing.
    """
    cleaner = _Cleaner(text)
    for _pass in range(_MOST_PASSES):
        before = cleaner.state()
        cleaner.once()
        if cleaner.state() == before:
            break
    removed = sorted(cleaner.removed, key=lambda removal: removal.line)
    numbers = tuple(line.number for line in cleaner.lines) or (1,)
    return Cleaned("\n".join(cleaner.state()), tuple(removed), numbers)


# --- what no text needs --------------------------------------------------------------------------------------------

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_NOT_CHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDE |= {ord("％"): "%", ord("．"): ".", ord("－"): "-", ord("＋"): "+", ord("＿"): "_"}
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def _harmless(cleaner: _Cleaner) -> None:
    for line in cleaner.lines:
        text = _NOT_CHARACTERS.sub("\ufffd", clean(line.text))
        if len(text) < len(line.text):
            cleaner.note(line, RemovalKind.INVISIBLE, "")
        line.text = text


def _half_width(cleaner: _Cleaner) -> None:
    for line in cleaner.lines:
        narrow = line.text.translate(_WIDE)
        if narrow != line.text:
            cleaner.note(line, RemovalKind.WIDTH, "".join(char for char in line.text if ord(char) in _WIDE))
        line.text = _SPACES.sub(" ", narrow).strip(" ")


# --- pinyin --------------------------------------------------------------------------------------------------------

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_LETTERS = f"a-zɡüê{_TONED}"
_BRACKETED = re.compile(rf"[(（]\s*([{_LETTERS}][{_LETTERS}' ]{{0,23}}[1-5]?)\s*[)）]")
_HALF_OPEN = re.compile(rf"(?<=[?{HAN}])([{_LETTERS}]{{1,6}})[)）]")
_HALF_CLOSED = re.compile(rf"(?<=[{HAN}])[(（]([{_LETTERS}]{{1,6}})(?=[{HAN}])")
_SYLLABLE = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang?|i?a[io]?|i?ong?|u?ang?|u?ai?|[iuv]?e[ir]?|eng?|[iu]n|ing|i[aou]?|ou?|"
    "u[aeino]?|v[en]?|van|van|er|uan|uang)|[mn]g?"
)
_LONGEST_WORD = 9
_MAY_FOLLOW = re.compile(rf"[{HAN}A-Z?@”’」』》]")


def _pinyin(cleaner: _Cleaner) -> None:
    for line in cleaner.lines:
        if not line.text.isascii():
            for pattern, fits in ((_BRACKETED, _is_reading), (_HALF_OPEN, _is_toned), (_HALF_CLOSED, _is_toned)):
                line.text = pattern.sub(_noting(cleaner, line, fits), line.text)


def _noting(cleaner: _Cleaner, line: _Line, fits: Callable[[re.Match[str]], bool]) -> Callable[[re.Match[str]], str]:
    def replaced(found: re.Match[str]) -> str:
        if not fits(found):
            return found[0]
        cleaner.note(line, RemovalKind.PINYIN, found[0])
        return ""

    return replaced


def _is_toned(found: re.Match[str]) -> bool:
    """One syllable with its tone: nothing else looks like it, whatever character it was given to."""
    plain = toneless(found[1].replace("ɡ", "g"))
    return any(char in _TONED for char in found[1]) and bool(_SYLLABLE.fullmatch(plain))


def _is_reading(found: re.Match[str]) -> bool:
    before = found.string[max(0, found.start() - _LONGEST_WORD) : found.start()]
    if not before or not _MAY_FOLLOW.match(before[-1]):
        return False
    return _is_toned(found) or _reads(before, found[1])


def _reads(before: str, said: str) -> bool:
    """Whether what stands in the brackets is how the characters before them are read, with tones or without."""
    wanted = re.sub("[' 1-5]", "", toneless(said.replace("ɡ", "g")))
    for length in range(1, _LONGEST_WORD):
        characters = before[-length:]
        if len(characters) < length or not re.fullmatch(f"[{HAN}]+", characters):
            return False
        if _spelled(wanted, [tuple(map(toneless, one.readings)) for one in syllables(characters)]):
            return True
    return False


def _spelled(wanted: str, readings: list[tuple[str, ...]]) -> bool:
    """Whether the word is one reading of each character, one after the other."""
    ends = {0}
    for each in readings:
        ends = {at + len(said) for at in ends for said in each if wanted.startswith(said, at)}
    return len(wanted) in ends


# --- Traditional characters ----------------------------------------------------------------------------------------

_TRADITIONAL = re.compile(
    "[學與為這們個國會時來對說過後長師發開無於經應實業種動員體關係劃習讓請論點進還當現樣從將書課題間單張萬問見車馬門東風長"
    "義務場類團組織級結給統計設訓評語讀調議護變貫質資賽達選難須頭領願館驗處備專導區縣鄉鎮鄰醫園際隊階陽雙雜離電靈響項順預頒"
    "頻顯飛養駐騎驅髮鬥鬧魚鳥麗麥黃點齊齡龍龜積穩競節範籌簡糧約紀納級細終給絕統繼續績維網緊線練縣總縮縱績繁聯聲職聽育]"
)
_LEAST_SHARE = 0.02
_LEAST_CHARACTERS = 3
_HAN = re.compile(f"[{HAN}]")


@cache
def _simplified() -> Callable[[str], str]:
    from opencc import OpenCC  # type: ignore[import-untyped]  # it brings no types

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def _traditional(cleaner: _Cleaner) -> None:
    """Convert the text if it is written in Traditional characters; a few of them in a Simplified text stay."""
    if not any(_TRADITIONAL.search(line.text) for line in cleaner.lines):
        return
    after = [_simplified()(line.text) for line in cleaner.lines]
    changed = [_changed(line.text, text) for line, text in zip(cleaner.lines, after, strict=True)]
    written = sum(len(_HAN.findall(line.text)) for line in cleaner.lines)
    if sum(map(len, changed)) < max(_LEAST_CHARACTERS, _LEAST_SHARE * written):
        return
    for line, text, words in zip(cleaner.lines, after, changed, strict=True):
        if text != line.text:
            cleaner.note(line, RemovalKind.TRADITIONAL, words)
            line.text = text


def _changed(old: str, new: str) -> str:
    if len(old) != len(new):
        return old
    return "".join(one for one, other in zip(old, new, strict=True) if one != other)


# --- what the site put around it -----------------------------------------------------------------------------------

_WHOLE_LINES = re.compile(
    "(?:合集|立即|免费|全文|点击|文档|本文|资料)?下载(?:本文档|文档|全文|地址|积分|提示)?|(?:相关|最新|热门|推荐|精品|类似)(?:文档|文章|资料|阅读|推荐)"
    "|文档(?:简介|介绍|信息|分类|标签|页数|大小)[:：]?.{0,20}|温馨提示|(?:提交|发表|用户)?评论|猜你喜欢|返回(?:顶部|首页)|(?:上|下)一篇.{0,40}"
    "|展开(?:阅读)?全文|(?:查看|阅读|显示)(?:更多|全文).{0,6}|(?:收藏|举报|登录|注册|赞|踩|投诉|在线客服)"
    "|.{0,60}相关文章[:：]?|★.{0,60}(?:范文|精选|\\d篇|大全|模板|合集).{0,10}|(?:https?://|www\\.)\\S+"
    "|继续免费阅读|(?:VIP|会员).{0,12}(?:下载|专享|免费)|文档评分.{0,10}|上传(?:者|时间)[:：].{0,20}"
)
_SENTENCES = re.compile(
    "下载文[档件](?:前请|中如有)|仅部分预览|文档内容的完整性|侵犯(?:了)?您的(?:合法)?权益|(?:联系|人工)客服|申请退款|版权说明[:：]"
    "|本站(?:所有|提供|的?文档|不保证|仅|资源|RAR|工作总结|.{0,6}频道)|(?:请|可)?(?:查看|访问|登录|浏览)本站|关注本站|文库网?仅提供"
    "|小编(?:为|给|带|整理|精心|推荐|今天|就)|(?:下面|以下|今天).{0,8}小编|更多.{0,12}(?:请|尽在)(?:查看|关注|访问|阅读|点击)?|供大家(?:阅读|参考|学习)"
    "|由用户提供并上传|收益归属内容提供方|上传(?:用户|者)所有|联系上传者|第三方提供的附件|附件图纸|图纸预览|WinRAR|PDF阅读器|CAXA"
    "|存储空间.{0,10}(?:仅|保护)|挪作(?:商业|盈利)|举报或认领|继续免费阅读|还剩\\d+页未读|已阅读\\d+页|频道为大家|范文参考|最新发布的.{0,30}范文"
    "|©|[Cc]opyright|版权所有[,，、 ]*(?:侵权|翻版|违者|不得|未经|20)"
    "|^.{0,16}版权所有.{0,3}$|ICP备|未经(?:授权|许可|权益所有人同意).{0,12}(?:不得|禁止|转载)"
    "|不承担用户因使用|内容存在侵权|如有侵权|我们会?(?:立即|尽快)(?:纠正|删除|处理|为您)"
)
_COUNTER_LINES = re.compile(
    r"\d{1,4} ?/ ?\d{1,4}|第 ?\d{1,4} ?页|[-—–] ?\d{1,4} ?[-—–]|共 ?\d{1,4} ?页|[Pp](?:age)? ?\d{1,4}(?: of \d{1,4})?"
)
_COUNTERS = re.compile(
    r"_第 ?\d{1,4} ?页|第 ?\d{1,4} ?页[ ,，/|]*共 ?\d{1,4} ?页|共 ?\d{1,4} ?页[ ,，/|]*第 ?\d{1,4} ?页"
)
_BARE = re.compile(r"[\s•·●■◆★*\-—、.。,，;；:：]*(?:\d{1,2}[.、． ]*)*")


def _site(cleaner: _Cleaner) -> None:
    for line in cleaner.lines:
        if line.text and _COUNTER_LINES.fullmatch(line.text):
            _drop(cleaner, line, RemovalKind.COUNTER)
        elif line.text and _WHOLE_LINES.fullmatch(line.text):
            _drop(cleaner, line, RemovalKind.BOILERPLATE)
        elif line.text:
            _sentences(cleaner, line)


def _drop(cleaner: _Cleaner, line: _Line, kind: RemovalKind) -> None:
    cleaner.note(line, kind, line.text)
    line.text = ""


def _sentences(cleaner: _Cleaner, line: _Line) -> None:
    """Take out page counters and the site's sentences; a list's mark that is left without words goes too."""
    for found in _COUNTERS.finditer(line.text):
        cleaner.note(line, RemovalKind.COUNTER, found[0])
    line.text = _COUNTERS.sub("", line.text).strip(" ")
    kept = []
    for sentence in re.split("(?<=。)", line.text):
        if _SENTENCES.search(sentence):
            cleaner.note(line, RemovalKind.BOILERPLATE, sentence)
        else:
            kept.append(sentence)
    text = "".join(kept)
    line.text = "" if text != line.text and _BARE.fullmatch(text) else text.strip(" ")


# --- titles that are said again ------------------------------------------------------------------------------------

_TITLE = re.compile(
    "[^。；;！!？?，,：:、|]{2,40}(?:制度|方案|计划|机制|规定|办法|细则|总结|意见|条例|章程|守则|规程|纲要|公约|规划|规范|标准)"
    "(?:[(（][^()（）]{1,8}[)）])?"
)
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]+[、.]|[(（][一二三四五六七八九十\d]+[)）]|第.{1,4}[章节条]|\d+[.、]|[⑴-⒇①-⑳、.★•]"
)
_NOT_AGAIN = re.compile("[是的，,由()（）规要应]")


def is_title(line: str) -> bool:
    """Whether a line by itself names a regulation: short, without punctuation or number, ending in 制度 or 方案."""
    return bool(_TITLE.fullmatch(line)) and not _NUMBERED.match(line)


def title_base(title: str) -> str:
    """Return a title without the brackets at its end: "学习制度(5篇)" is "学习制度"."""
    return re.sub("[(（][^()（）]{1,8}[)）]$", "", title)


def _repeated(cleaner: _Cleaner) -> None:
    title = ""
    for line in cleaner.lines:
        if not line.text:
            continue
        if title and line.text == title:
            _drop(cleaner, line, RemovalKind.REPEATED)
            continue
        for said in (title, title_base(title)) if title else ():
            while _says_again(line.text, said):
                cleaner.note(line, RemovalKind.REPEATED, said)
                line.text = line.text.removeprefix(said).strip(" ")
        title = line.text if is_title(line.text) else ""


def _says_again(text: str, title: str) -> bool:
    rest = text.removeprefix(title).lstrip(" ")
    return rest not in {"", text} and not is_title(text) and not _NOT_AGAIN.match(rest)


# --- blank lines ---------------------------------------------------------------------------------------------------


def _blank_lines(cleaner: _Cleaner) -> None:
    kept: list[_Line] = []
    for line in cleaner.lines:
        if line.text or (kept and kept[-1].text):
            kept.append(line)
        else:
            cleaner.note(line, RemovalKind.BLANK, "")
    while kept and not kept[-1].text:
        cleaner.note(kept.pop(), RemovalKind.BLANK, "")
    cleaner.lines = kept


_STEPS: tuple[Callable[[_Cleaner], None], ...] = (
    _harmless,
    _half_width,
    _pinyin,
    _traditional,
    _site,
    _repeated,
    _blank_lines,
)
