"""What the fields of documents are called, and their values in words."""

from __future__ import annotations

from typing import Any

from coordinator_tui.domain import vocabulary
from coordinator_tui.text import LazyText, gettext, lazy, ngettext

FIELD_TITLES: dict[tuple[str, str], LazyText] = {
    ("members", "name"): lazy("name"),
    ("", "name"): lazy("its name"),
    ("", "gender"): lazy("gender"),
    ("", "birth"): lazy("birth"),
    ("", "subject"): lazy("subject"),
    ("", "stage"): lazy("stage"),
    ("members", "title"): lazy("professional title"),
    ("", "title"): lazy("title"),
    ("", "level"): lazy("level"),
    ("", "honours"): lazy("honours"),
    ("", "joined_school"): lazy("joined the school"),
    ("", "joined_work"): lazy("began to work"),
    ("", "spouse"): lazy("spouse"),
    ("", "phone"): lazy("phone"),
    ("", "active_from"): lazy("active from"),
    ("", "active_until"): lazy("active until"),
    ("", "note"): lazy("note"),
    ("", "member"): lazy("member"),
    ("", "members"): lazy("members"),
    ("", "group"): lazy("group"),
    ("", "role"): lazy("role"),
    ("", "kind"): lazy("kind"),
    ("sessions", "kind"): lazy("form"),
    ("sessions", "start"): lazy("start"),
    ("series", "start"): lazy("start"),
    ("", "start"): lazy("from"),
    ("", "until"): lazy("until"),
    ("", "end"): lazy("end"),
    ("", "code"): lazy("term"),
    ("", "first_monday"): lazy("Monday of week 1"),
    ("", "closed"): lazy("closed"),
    ("", "date"): lazy("date"),
    ("", "weekday"): lazy("weekday"),
    ("", "every"): lazy("every how many weeks"),
    ("", "place"): lazy("place"),
    ("", "hosts"): lazy("hosts in turn"),
    ("", "speakers"): lazy("speakers in turn"),
    ("", "from_date"): lazy("from"),
    ("", "until_date"): lazy("until"),
    ("", "topic"): lazy("topic"),
    ("", "plan"): lazy("plan"),
    ("", "speaker"): lazy("speaker"),
    ("", "speaker_member"): lazy("speaker (member)"),
    ("", "host"): lazy("host"),
    ("", "recorder"): lazy("recorder"),
    ("", "question"): lazy("question"),
    ("sessions", "minutes"): lazy("minutes of the meeting"),
    ("attendance", "minutes"): lazy("minutes late or left early"),
    ("", "status"): lazy("status"),
    ("", "reason"): lazy("reason"),
    ("", "moved_from"): lazy("moved from"),
    ("", "series"): lazy("series"),
    ("", "session"): lazy("session"),
    ("", "mark"): lazy("mark"),
    ("", "approved_by"): lazy("approved by"),
    ("", "due"): lazy("due"),
    ("", "opens"): lazy("opens"),
    ("", "pieces"): lazy("pieces"),
    ("", "words"): lazy("words"),
    ("", "reading"): lazy("reading"),
    ("", "grade"): lazy("grade"),
    ("", "checker"): lazy("checked by"),
    ("", "checked_on"): lazy("checked on"),
    ("", "assignment"): lazy("assignment"),
    ("", "author"): lazy("author"),
    ("", "recommended_by"): lazy("recommended by"),
    ("sessions", "until"): lazy("last day"),
    ("", "scope"): lazy("scope"),
    ("", "cross_subject"): lazy("across subjects"),
    ("achievements", "level"): lazy("award level"),
    ("trainings", "level"): lazy("award level"),
    ("achievements", "grade"): lazy("award grade"),
    ("", "mentor"): lazy("mentor"),
    ("", "apprentice"): lazy("apprentice"),
    ("", "hours"): lazy("credit hours"),
    ("", "area"): lazy("subject area"),
    ("", "organiser"): lazy("organiser"),
    ("", "missed"): lazy("share missed"),
    ("", "training"): lazy("training"),
    ("", "placement"): lazy("exchange placement"),
    ("", "form"): lazy("form of exchange"),
    ("", "home_school"): lazy("home school"),
    ("", "host_school"): lazy("host school"),
    ("", "issuer"): lazy("issued or published by"),
    ("", "number"): lazy("certificate or issue number"),
    ("", "original_checked"): lazy("original checked"),
    ("", "archive"): lazy("archive number"),
    ("entries", "value"): lazy("figure"),
    ("", "before"): lazy("figure before"),
    ("", "count"): lazy("of how many"),
    ("", "done_on"): lazy("done on"),
    ("", "outcome"): lazy("outcome"),
    ("packs", "pack"): lazy("rule pack"),
    ("packs", "text"): lazy("the school's copy"),
    ("packs", "shipped"): lazy("shipped text"),
    ("packs", "answers"): lazy("the school's answers"),
    ("packs", "adopted_on"): lazy("adopted on"),
    ("packs", "dropped_on"): lazy("dropped on"),
    ("", "work"): lazy("piece of work"),
    ("", "text"): lazy("text"),
    ("", "file"): lazy("file"),
    ("", "key"): lazy("setting"),
    ("", "value"): lazy("value"),
}
"""Title of each field, by table where tables differ."""

_CODES: dict[tuple[str, str], Any] = {
    ("attendance", "mark"): vocabulary.Mark,
    ("leaves", "kind"): vocabulary.Mark,
    ("leaves", "status"): vocabulary.LeaveStatus,
    ("sessions", "kind"): vocabulary.SessionKind,
    ("sessions", "status"): vocabulary.SessionStatus,
    ("series", "kind"): vocabulary.SessionKind,
    ("work", "kind"): vocabulary.WorkKind,
    ("work", "status"): vocabulary.WorkStatus,
    ("assignments", "kind"): vocabulary.WorkKind,
    ("groups", "kind"): vocabulary.GroupKind,
    ("memberships", "role"): vocabulary.Role,
    ("members", "level"): vocabulary.Level,
    ("readings", "kind"): vocabulary.ReadingKind,
    ("calendar", "kind"): vocabulary.DayKind,
    ("sessions", "scope"): vocabulary.Scope,
    ("trainings", "area"): vocabulary.TrainingArea,
    ("trainings", "level"): vocabulary.AwardLevel,
    ("placements", "form"): vocabulary.PlacementForm,
    ("achievements", "kind"): vocabulary.AchievementKind,
    ("achievements", "level"): vocabulary.AwardLevel,
    ("entries", "kind"): vocabulary.EntryKind,
}


def field_title(table: str, field: str) -> str:
    """Return a field's title in the language in force; its name if it is a newer version's."""
    return str(FIELD_TITLES.get((table, field)) or FIELD_TITLES.get(("", field)) or field)


def value_words(table: str, field: str, value: Any) -> str:  # noqa: ANN401 - any JSON
    """Return a JSON value in words: the title of a code, "–" for nothing, a text's length; ids stay numbers."""
    if value is None or value == []:
        return gettext("not taken") if (table, field) == ("attendance", "mark") else "–"
    codes = _CODES.get((table, field))
    if codes is not None:
        try:
            return vocabulary.title(codes(value))
        except ValueError:
            return str(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return _length(str(value)) if (table, field) == ("texts", "text") else str(value)


def _length(text: str) -> str:
    return ngettext("{count} character", "{count} characters", len(text)).format(count=len(text))
