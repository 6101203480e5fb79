"""The closed lists of the field: every kind, state and role has one code here and one title for each language.

Codes are what is stored and what `--json` prints; titles are message ids of the catalogues (see the glossary).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator_tui.text import LazyText


class Mark(StrEnum):
    """What a roll says of one expected member; no mark at all means that the roll was not taken for them."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    SICK = "sick"
    PERSONAL = "personal"
    OFFICIAL = "official"
    OTHER_LEAVE = "other_leave"
    ABSENT = "absent"
    EXEMPT = "exempt"


NOT_TAKEN = "not_taken"
"""Key of the members without a mark wherever marks are counted."""

ATTENDED = frozenset({Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY})
"""Marks of those who were in the room (实到)."""

ON_LEAVE = frozenset({Mark.SICK, Mark.PERSONAL, Mark.OFFICIAL, Mark.OTHER_LEAVE})
"""Marks of those who were away with leave."""

WITH_MINUTES = frozenset({Mark.LATE, Mark.LEFT_EARLY})
"""Marks that may carry minutes."""


class GroupKind(StrEnum):
    """Kinds of group (小组)."""

    TEACHING_RESEARCH = "teaching_research"
    LESSON_PREPARATION = "lesson_preparation"
    SUBJECT = "subject"
    GRADE = "grade"
    EXCHANGE = "exchange"
    LEADING = "leading"
    WHOLE_STAFF = "whole_staff"
    OTHER = "other"


class Role(StrEnum):
    """What a member does in a group (职务)."""

    LEADER = "leader"
    DEPUTY = "deputy"
    RECORDER = "recorder"
    MEMBER = "member"


class Level(StrEnum):
    """Levels of teachers (教师层级), lowest first."""

    NEW = "new"
    REGULAR = "regular"
    BACKBONE_SCHOOL = "backbone_school"
    BACKBONE_COUNTY = "backbone_county"
    BACKBONE_CITY = "backbone_city"
    BACKBONE_PROVINCE = "backbone_province"
    SUBJECT_LEADER = "subject_leader"
    SPECIAL_GRADE = "special_grade"


class SessionKind(StrEnum):
    """Forms of activity (活动形式)."""

    POLICY_STUDY = "policy_study"
    PROFESSIONAL_STUDY = "professional_study"
    GROUP_RESEARCH = "group_research"
    COLLECTIVE_PREPARATION = "collective_preparation"
    LECTURE = "lecture"
    FORUM = "forum"
    SEMINAR = "seminar"
    OBSERVATION = "observation"
    SHARING = "sharing"
    VISIT = "visit"
    TRAINING = "training"
    RESULTS_MEETING = "results_meeting"


class SessionStatus(StrEnum):
    """What became of a session (活动)."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    MOVED = "moved"


class LeaveStatus(StrEnum):
    """What became of a request for leave (请假条)."""

    REQUESTED = "requested"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class WorkKind(StrEnum):
    """Kinds of work that members hand in (材料)."""

    READING_NOTE = "reading_note"
    STUDY_NOTE = "study_note"
    REFLECTION = "reflection"
    ESSAY = "essay"
    INSIGHT = "insight"
    LESSON_OBSERVATION = "lesson_observation"
    OPEN_LESSON = "open_lesson"
    DEMONSTRATION_LESSON = "demonstration_lesson"
    PAPER = "paper"
    CASE = "case"
    PLAN = "plan"
    SUMMARY = "summary"
    TRAINING_REPORT = "training_report"


class WorkStatus(StrEnum):
    """What became of a piece of work."""

    HANDED_IN = "handed_in"
    CHECKED = "checked"
    RETURNED = "returned"


class ReadingKind(StrEnum):
    """What there is to read (书目)."""

    BOOK = "book"
    ARTICLE = "article"


class DayKind(StrEnum):
    """What a date of the school calendar is, against its weekday."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


class Scope(StrEnum):
    """How far an activity reaches (校内 / 校际 / 区域 / 全国)."""

    SCHOOL = "school"
    BETWEEN_SCHOOLS = "between_schools"
    REGION = "region"
    NATION = "nation"


class AchievementKind(StrEnum):
    """Kinds of achievement (成果); the register's own list (forms 3.11)."""

    PROJECT = "project"
    PAPER = "paper"
    COURSEWARE = "courseware"
    OPEN_LESSON = "open_lesson"
    CONTEST = "contest"
    HONOUR = "honour"
    STUDENT_GUIDANCE = "student_guidance"


class AwardLevel(StrEnum):
    """Who gave an achievement or a training its rank (级别), lowest first."""

    SCHOOL = "school"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"


class TrainingArea(StrEnum):
    """What credit hours are counted as (公共科目 / 专业科目)."""

    PUBLIC = "public"
    PROFESSIONAL = "professional"


class PlacementForm(StrEnum):
    """Forms of exchange (交流形式)."""

    MUTUAL = "mutual"
    RECOMMENDED = "recommended"
    TWO_WAY = "two_way"
    ASSIGNED_POST = "assigned_post"
    SENT_OUT = "sent_out"
    SUPPORT_TEACHING = "support_teaching"


class EntryKind(StrEnum):
    """What a line of the register says that no other table holds (登记)."""

    SURVEY = "survey"
    STUDENT_EVALUATION = "student_evaluation"
    PEER_EVALUATION = "peer_evaluation"
    EVALUATION = "evaluation"
    RELAY = "relay"
    SPEECH = "speech"
    MAGAZINE = "magazine"
    MATERIAL = "material"
    RESOURCE = "resource"
    CONTACT = "contact"
    DEMAND = "demand"
    REPORT = "report"
    HELP = "help"
    IMPROVEMENT = "improvement"
    AWARD = "award"
    APPEAL = "appeal"
    ITINERARY = "itinerary"
    NOTICE = "notice"
    FILING = "filing"
    DECISION = "decision"
    MILESTONE = "milestone"
    SAFETY = "safety"
    SUPPORT = "support"
    COVER = "cover"
    SHARED_ARCHIVE = "shared_archive"
    NEWS = "news"
    REFUSED_TASK = "refused_task"
    VETO = "veto"
    SKIPPED_LESSON = "skipped_lesson"
    LESSON_LEAVE = "lesson_leave"


GRADES = ("A", "B", "C")
"""Grades of a check: theme, own view and length met; length not met; mostly copied (a school's rule, forms 3.4)."""


class _Titles(Mapping[StrEnum, "LazyText"]):
    """Titles by code. Codes of two lists may be the same text ("paper"), and are then equal: the list decides."""

    def __init__(self, *pairs: tuple[StrEnum, LazyText]) -> None:
        self._codes = tuple(code for code, _title in pairs)
        self._titles = {(type(code), code.value): title for code, title in pairs}

    def __getitem__(self, code: StrEnum) -> LazyText:
        return self._titles[type(code), code.value]

    def __iter__(self) -> Iterator[StrEnum]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


TITLES: Mapping[StrEnum, LazyText] = _Titles(
    (Mark.PRESENT, lazy("Present")),
    (Mark.LATE, lazy("Late")),
    (Mark.LEFT_EARLY, lazy("Left early")),
    (Mark.SICK, lazy("Sick leave")),
    (Mark.PERSONAL, lazy("Personal leave")),
    (Mark.OFFICIAL, lazy("Official leave")),
    (Mark.OTHER_LEAVE, lazy("Other leave")),
    (Mark.ABSENT, lazy("Absent")),
    (Mark.EXEMPT, lazy("Exempt")),
    (GroupKind.TEACHING_RESEARCH, lazy("Teaching-research group")),
    (GroupKind.LESSON_PREPARATION, lazy("Lesson-preparation group")),
    (GroupKind.SUBJECT, lazy("Subject group")),
    (GroupKind.GRADE, lazy("Grade group")),
    (GroupKind.EXCHANGE, lazy("Exchange group")),
    (GroupKind.LEADING, lazy("Leading group")),
    (GroupKind.WHOLE_STAFF, lazy("Whole staff")),
    (GroupKind.OTHER, lazy("Other group")),
    (Role.LEADER, lazy("Leader")),
    (Role.DEPUTY, lazy("Deputy leader")),
    (Role.RECORDER, lazy("Recorder")),
    (Role.MEMBER, lazy("Group member")),
    (Level.NEW, lazy("New teacher")),
    (Level.REGULAR, lazy("Regular teacher")),
    (Level.BACKBONE_SCHOOL, lazy("School backbone")),
    (Level.BACKBONE_COUNTY, lazy("County backbone")),
    (Level.BACKBONE_CITY, lazy("City backbone")),
    (Level.BACKBONE_PROVINCE, lazy("Province backbone")),
    (Level.SUBJECT_LEADER, lazy("Subject leader")),
    (Level.SPECIAL_GRADE, lazy("Special-grade teacher")),
    (SessionKind.POLICY_STUDY, lazy("Policy study")),
    (SessionKind.PROFESSIONAL_STUDY, lazy("Professional study")),
    (SessionKind.GROUP_RESEARCH, lazy("Group research")),
    (SessionKind.COLLECTIVE_PREPARATION, lazy("Collective preparation")),
    (SessionKind.LECTURE, lazy("Lecture")),
    (SessionKind.FORUM, lazy("Teachers' forum")),
    (SessionKind.SEMINAR, lazy("Seminar")),
    (SessionKind.OBSERVATION, lazy("Observation")),
    (SessionKind.SHARING, lazy("Sharing meeting")),
    (SessionKind.VISIT, lazy("Visit")),
    (SessionKind.TRAINING, lazy("Training")),
    (SessionKind.RESULTS_MEETING, lazy("Results meeting")),
    (SessionStatus.PLANNED, lazy("Planned")),
    (SessionStatus.HELD, lazy("Held")),
    (SessionStatus.CANCELLED, lazy("Cancelled")),
    (SessionStatus.MOVED, lazy("Moved")),
    (LeaveStatus.REQUESTED, lazy("Requested")),
    (LeaveStatus.APPROVED, lazy("Approved")),
    (LeaveStatus.WITHDRAWN, lazy("Withdrawn")),
    (WorkKind.READING_NOTE, lazy("Reading note")),
    (WorkKind.STUDY_NOTE, lazy("Study note")),
    (WorkKind.REFLECTION, lazy("Reflection")),
    (WorkKind.ESSAY, lazy("Essay")),
    (WorkKind.INSIGHT, lazy("Insight")),
    (WorkKind.LESSON_OBSERVATION, lazy("Lesson observation")),
    (WorkKind.OPEN_LESSON, lazy("Open lesson")),
    (WorkKind.DEMONSTRATION_LESSON, lazy("Demonstration lesson")),
    (WorkKind.PAPER, lazy("Paper")),
    (WorkKind.CASE, lazy("Case")),
    (WorkKind.PLAN, lazy("Plan")),
    (WorkKind.SUMMARY, lazy("Summary")),
    (WorkKind.TRAINING_REPORT, lazy("Training report")),
    (WorkStatus.HANDED_IN, lazy("Handed in")),
    (WorkStatus.CHECKED, lazy("Checked")),
    (WorkStatus.RETURNED, lazy("Returned")),
    (ReadingKind.BOOK, lazy("Book to read")),
    (ReadingKind.ARTICLE, lazy("Article")),
    (Scope.SCHOOL, lazy("Inside the school")),
    (Scope.BETWEEN_SCHOOLS, lazy("Between schools")),
    (Scope.REGION, lazy("Region")),
    (Scope.NATION, lazy("Nationwide")),
    (AchievementKind.PROJECT, lazy("Research project")),
    (AchievementKind.PAPER, lazy("Published or awarded paper")),
    (AchievementKind.COURSEWARE, lazy("Courseware")),
    (AchievementKind.OPEN_LESSON, lazy("Awarded or public lesson")),
    (AchievementKind.CONTEST, lazy("Contest")),
    (AchievementKind.HONOUR, lazy("Honour")),
    (AchievementKind.STUDENT_GUIDANCE, lazy("Guidance of students")),
    (AwardLevel.SCHOOL, lazy("School level")),
    (AwardLevel.COUNTY, lazy("County level")),
    (AwardLevel.CITY, lazy("City level")),
    (AwardLevel.PROVINCE, lazy("Province level")),
    (AwardLevel.NATION, lazy("National level")),
    (TrainingArea.PUBLIC, lazy("Public subject")),
    (TrainingArea.PROFESSIONAL, lazy("Professional subject")),
    (PlacementForm.MUTUAL, lazy("Mutual exchange")),
    (PlacementForm.RECOMMENDED, lazy("Recommended exchange")),
    (PlacementForm.TWO_WAY, lazy("Two-way regular exchange")),
    (PlacementForm.ASSIGNED_POST, lazy("Assigned post")),
    (PlacementForm.SENT_OUT, lazy("Sent out")),
    (PlacementForm.SUPPORT_TEACHING, lazy("Support teaching")),
    (EntryKind.SURVEY, lazy("Satisfaction survey")),
    (EntryKind.STUDENT_EVALUATION, lazy("Evaluation by students")),
    (EntryKind.PEER_EVALUATION, lazy("Peer evaluation")),
    (EntryKind.EVALUATION, lazy("Evaluation and review")),
    (EntryKind.RELAY, lazy("Relay to the group")),
    (EntryKind.SPEECH, lazy("Contribution to a discussion")),
    (EntryKind.MAGAZINE, lazy("Magazine subscription")),
    (EntryKind.MATERIAL, lazy("Printed study material")),
    (EntryKind.RESOURCE, lazy("Shared resource")),
    (EntryKind.CONTACT, lazy("Contact")),
    (EntryKind.DEMAND, lazy("Demand of the partner school")),
    (EntryKind.REPORT, lazy("Report to the leaders")),
    (EntryKind.HELP, lazy("Help given or asked for")),
    (EntryKind.IMPROVEMENT, lazy("Improvement")),
    (EntryKind.AWARD, lazy("Commendation")),
    (EntryKind.APPEAL, lazy("Appeal")),
    (EntryKind.ITINERARY, lazy("Timetable and itinerary")),
    (EntryKind.NOTICE, lazy("Public notice")),
    (EntryKind.FILING, lazy("Filed with the bureau")),
    (EntryKind.DECISION, lazy("Decision")),
    (EntryKind.MILESTONE, lazy("Milestone")),
    (EntryKind.SAFETY, lazy("Safety matter")),
    (EntryKind.SUPPORT, lazy("Psychological support")),
    (EntryKind.COVER, lazy("Cover of lessons")),
    (EntryKind.SHARED_ARCHIVE, lazy("Shared archive of two schools")),
    (EntryKind.NEWS, lazy("News published")),
    (EntryKind.REFUSED_TASK, lazy("Task refused")),
    (EntryKind.VETO, lazy("One-vote veto")),
    (EntryKind.SKIPPED_LESSON, lazy("Lesson skipped")),
    (EntryKind.LESSON_LEAVE, lazy("Lesson missed with leave")),
    (DayKind.HOLIDAY, lazy("Holiday")),
    (DayKind.WORKDAY, lazy("Moved workday")),
)
"""Title of every code; `str()` of it speaks the language in force."""


def title(code: StrEnum | None) -> str:
    """Title of `code` in the language in force; "" for a code that this version could not read."""
    return "" if code is None else str(TITLES[code])
