"""Members, groups, terms, settings and search, as a group leader types them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cli_program import Program


def named(program: Program, name: str) -> Any:
    """The member's JSON as the list prints it."""
    return next(row for row in program.good("members", "list", "--all", "--json").json if row["name"] == name)


def test_members_list_has_the_promised_shape(school: Program) -> None:
    row = named(school, "张三")
    assert {key: row[key] for key in ("name", "gender", "birth", "subject", "groups", "role", "active")} == {
        "name": "张三",
        "gender": "female",
        "birth": "1985-03",
        "subject": "英语",
        "groups": ["英语教研组"],
        "role": "member",
        "active": True,
    }
    assert isinstance(row["id"], int)


def test_member_is_added_edited_shown_and_found_by_pinyin(school: Program) -> None:
    school.good("members", "add", "钱七", "--gender", "男", "--birth", "1990年3月", "--level", "new", "--role", "组长")
    school.good("members", "edit", "qianqi", "--phone", "13800001234", "--honour", "优秀教师", "--honour", "先进个人")
    row = named(school, "钱七")
    assert (row["gender"], row["birth"], row["level"], row["role"]) == ("male", "1990-03", "new", "leader")
    assert row["honours"] == ["优秀教师", "先进个人"]
    school.good("members", "edit", "钱七", "--phone", "")
    assert named(school, "钱七")["phone"] is None
    assert "钱七" in school.good("members", "show", "qq").out


def test_second_person_of_a_name_is_asked_about(school: Program) -> None:
    assert school("members", "add", "张三").code == 5
    school.good("members", "add", "张三", "--subject", "音乐", "--yes")
    assert school("members", "show", "张三").code == 5
    assert "张三(音乐)" in school.good("members", "list").out


def test_member_leaves_comes_back_and_is_removed(school: Program) -> None:
    school.good("members", "leave", "张三", "--until", "2026-11-13")
    assert "张三" not in [row["name"] for row in school.good("members", "list", "--json").json]
    assert "张三" in [row["name"] for row in school.good("members", "list", "--on", "2026-11-13", "--json").json]
    school.good("members", "back", "张三")
    assert named(school, "张三")["active"] is True
    school.good("members", "remove", "张三", "--yes")
    assert school("members", "show", "张三").code == 4


def test_two_entries_of_one_person_become_one(school: Program) -> None:
    school.good("members", "add", "章三", "--phone", "13800001234")
    school.good("work", "add", "章三", "--title", "读后感")
    assert school("members", "merge", "张三", "章三").code == 5
    school.good("members", "merge", "张三", "章三", "--yes")
    assert named(school, "张三")["phone"] == "13800001234"
    assert [work["name"] for work in school.good("work", "list", "--json").json] == ["张三"]


def test_purged_member_is_nowhere_in_the_files(school: Program) -> None:
    school.good("members", "edit", "赵小云", "--note", "秘密备注")
    school.good("roll", "--line", "赵小云病(住院) 其余到")
    school.good("work", "add", "赵小云", "--title", "我的秘密")
    assert school("members", "purge", "赵小云").code == 5
    school.good("members", "purge", "赵小云", "--yes")
    assert school("members", "show", "赵小云").code == 4
    assert school.book is not None
    written = b"".join(path.read_bytes() for path in school.book.rglob("*") if path.is_file())
    for word in ("秘密", "我的秘密"):
        assert word.encode() not in written
    assert school("doctor").code == 0


def test_a_purge_says_beforehand_what_goes_and_what_stays(school: Program) -> None:
    school.good("schedule", "edit", "2026-11-20", "--speaker", "赵小云", "--host", "赵小云")
    school.good("--as", "赵小云", "work", "add", "赵小云", "--title", "读后感")
    asked = school("members", "purge", "赵小云")
    assert asked.code == 5
    assert "session: host 1, session: speaker 1" in asked.err
    assert "1 pieces of work" in asked.err
    assert "keep it as the name of who made them" in asked.err
    school.good("members", "purge", "赵小云", "--yes")
    shown = school.good("schedule", "list", "--json").json
    assert {(row["speaker"], row["host"]) for row in shown} == {(None, None)}


def test_a_purge_in_a_copied_book_says_where_the_name_still_stands(school: Program) -> None:
    school.good("backup", "-o", "copy.zip")
    school.good("restore", "copy.zip", "moved")
    school.book = school.folder / "moved.coord"
    assert "compact --all-logs" in school.good("members", "purge", "赵小云", "--yes").err
    assert school("compact", "--all-logs").code == 5
    school.good("compact", "--all-logs", "--yes")
    written = b"".join(path.read_bytes() for path in school.book.rglob("*") if path.is_file())
    assert "赵小云".encode() not in written


def test_member_s_term_is_one_page(demo: Program) -> None:
    name = demo.good("members", "list", "--json").json[0]["name"]
    page = demo.good("members", "show", name, "--json").json
    assert page["attendance"]["expected"] == sum(page["attendance"]["counts"].values())
    assert page["sessions"]
    assert {"works", "leaves", "owed", "memberships", "term"} <= set(page)
    assert name in demo.good("members", "show", name).out


def test_groups_are_made_joined_and_left(school: Program) -> None:
    school.good("groups", "add", "三年级组", "--kind", "grade")
    school.good("groups", "join", "三年级组", "张三", "李四", "--from", "2026-09-01")
    school.good("groups", "join", "三年级组", "张三", "--role", "leader")
    rows = {row["name"]: row for row in school.good("groups", "list", "--json").json}
    assert rows["三年级组"]["members"] == 2
    assert rows["三年级组"]["leaders"] == ["张三"]
    school.good("groups", "leave", "三年级组", "李四", "--until", "2026-11-13")
    people = school.good("groups", "show", "三年级组", "--json").json
    assert {(p["name"], p["role"], p["until"]) for p in people} == {
        ("张三", "leader", None),
        ("李四", "member", "2026-11-13"),
    }
    school.good("groups", "edit", "三年级组", "--name", "三年级语文组")
    assert school("groups", "remove", "三年级语文组", "--yes").code == 3
    school.good("undo")
    assert "三年级组" in school.good("groups", "list").out


def test_term_is_added_used_closed_and_thawed(school: Program) -> None:
    school.good("term", "add", "2026-2027-2", "--start", "2027-02-22", "--until", "2027-07-02")
    school.good("term", "use", "2026-2027-2")
    terms = {term["code"]: term for term in school.good("term", "list", "--json").json}
    assert terms["2026-2027-2"]["current"] is True
    assert terms["2026-2027-1"]["current"] is False
    assert school("term", "close", "2026-2027-1").code == 5
    school.good("term", "close", "2026-2027-1", "--yes")
    refused = school("roll", "--line", "其余到")
    assert refused.code == 3
    assert "2026-2027-1" in refused.err
    school.good("term", "reopen", "2026-2027-1")
    school.good("roll", "--line", "其余到")
    assert school("term", "add", "2026").code == 3


def test_settings_are_listed_chosen_and_reset(school: Program) -> None:
    school.good("settings", "set", "late_entry_days", "7")
    assert school.good("settings", "get", "late_entry_days").out == "7\n"
    school.good("settings", "set", "late_entry_days", "")
    assert school.good("settings", "get", "late_entry_days", "--json").json == 3
    assert school("settings", "set", "late_entry_days", "many").code == 3
    assert school("settings", "get", "colour").code == 4
    assert "school" in school.good("settings", "list", "--json").json
    school.good("groups", "add", "数学组")
    school.good("settings", "set", "default_group", "数学组")
    assert "数学组" in school.good("settings", "list").out


def test_book_in_chinese_speaks_chinese_without_being_asked(school: Program) -> None:
    school.good("settings", "set", "lang", "zh")
    arguments = [arg for arg in school.arguments("members", "list") if arg not in {"--lang", "en"}]
    assert school.process(*arguments).out.startswith("序号")


def test_search_finds_by_text_and_pinyin(school: Program) -> None:
    school.good("schedule", "edit", "today", "--topic", "大单元教学设计")
    found = school.good("search", "danyuan", "--json").json
    assert [(one["what"], "大单元" in one["title"]) for one in found] == [("sessions", True)]
    assert {one["title"] for one in school.good("search", "ww", "--json").json} == {"王伟(语文)", "王伟(体育)"}
    nothing = school.good("search", "玄幻")
    assert "玄幻" in nothing.err
