"""Work handed in, checked and returned; assignments; who owes what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from coordinator_tui.book.errors import NoSuchThing, Refused
from coordinator_tui.book.members import PEOPLE, in_order, members_of, memberships_of, name_of
from coordinator_tui.book.terms import guard, term_of_day
from coordinator_tui.book.texts import checked_text, drop_text, keep_text, words_of
from coordinator_tui.domain import work as rules
from coordinator_tui.domain.people import belongs_on
from coordinator_tui.domain.vocabulary import GRADES, WorkKind, WorkStatus
from coordinator_tui.text import clean, fold, lazy

if TYPE_CHECKING:
    from datetime import date

    from coordinator_tui.book.book import Book
    from coordinator_tui.book.collection import Value
    from coordinator_tui.domain.records import Assignment, Member, Term, Work
    from coordinator_tui.domain.work import Matrix, Owed

By = Literal["month", "kind", "assignment"]


# work


def hand_in(
    book: Book,
    member: int,
    *,
    kind: WorkKind | None = None,
    date: date | None = None,
    text: str | None = None,
    file: str | None = None,
    keep: bool = True,
    assignment: int | None = None,
    **fields: Value,
) -> Work:
    """Note that a member handed in a piece of work, today unless `date` says otherwise.

    With an `assignment` its kind and reading are taken over; without one, the member's only open assignment of that
    kind is found. `text` is counted for `words` and kept with the name of its `file`, unless `keep` is False. Refused
    in a closed term, for a negative count, and for a text that is empty or too long.
    """
    name = name_of(book, book.members.get(member).id)
    task = book.assignments.get(assignment) if assignment is not None else None
    usual = WorkKind.TRAINING_REPORT if fields.get("training") is not None else WorkKind.READING_NOTE
    kind = WorkKind(kind or (task.kind if task else usual))
    day = date or book.today
    guard(book, day)
    task = task or _open_task(book, member, kind, day)
    if text is not None:
        text = checked_text(text)
        fields["words"] = words_of(book, text) if fields.get("words") is None else fields["words"]
    _check_words(fields)
    _check_training(book, member, fields)
    if task is not None and "reading" not in fields:
        fields["reading"] = task.reading
    with book.step("work.hand_in", name=name, kind=kind):
        work = book.work.add(
            member=member,
            kind=kind,
            date=day,
            status=WorkStatus.HANDED_IN,
            assignment=task.id if task else None,
            **fields,
        )
        if text is not None and keep:
            keep_text(book, work.id, text, file)
    return work


def edit_work(book: Book, work: int, **fields: Value) -> Work:
    """Change a piece of work; its check is changed with `check` and `return_work`."""
    now = book.work.get(work)
    guard(book, now.date, fields.get("date"))
    _check_words(fields)
    _check_training(book, now.member, fields)
    return _write(book, now, "work.edit", **fields)


def check(
    book: Book, work: int, grade: str | None = None, *, checker: str | None = None, on: date | None = None
) -> Work:
    """Note that somebody (the user) looked at a piece of work; a grade is A, B or C."""
    now = book.work.get(work)
    guard(book, now.date)
    grade = read_grade(grade)
    return _write(
        book,
        now,
        "work.check",
        status=WorkStatus.CHECKED,
        grade=grade,
        checker=checker or book.user,
        checked_on=on or book.today,
        reason=None,
    )


def return_work(
    book: Book, work: int, *, reason: str | None = None, checker: str | None = None, on: date | None = None
) -> Work:
    """Give a piece of work back to be done again; it does not count as done."""
    now = book.work.get(work)
    guard(book, now.date)
    return _write(
        book,
        now,
        "work.return",
        status=WorkStatus.RETURNED,
        reason=reason,
        grade=None,
        checker=checker or book.user,
        checked_on=on or book.today,
    )


def uncheck(book: Book, work: int) -> Work:
    """Take a check or a return back: the work is handed in, nobody has looked at it."""
    now = book.work.get(work)
    guard(book, now.date)
    return _write(
        book, now, "work.uncheck", status=WorkStatus.HANDED_IN, grade=None, checker=None, checked_on=None, reason=None
    )


def remove_work(book: Book, work: int) -> None:
    """Remove a piece of work entered by mistake."""
    now = book.work.get(work)
    guard(book, now.date)
    with book.step("work.remove", name=name_of(book, now.member), kind=now.kind):
        drop_text(book, work)
        book.work.remove(work)


def works_of(
    book: Book,
    *,
    term: Term | None = None,
    member: int | None = None,
    group: int | None = None,
    kind: WorkKind | None = None,
    status: WorkStatus | None = None,
) -> list[Work]:
    """Work handed in, by date: in a term (ever for None), of a member, of those who are in a group, of a kind."""
    among = _ever_in(book, group) if group is not None else None
    found = book.work.where(
        lambda work: (
            (term is None or term.start <= work.date <= term.until)
            and (member is None or work.member == member)
            and (among is None or work.member in among)
            and (kind is None or work.kind == kind)
            and (status is None or work.status == status)
        )
    )
    return sorted(found, key=lambda work: (work.date, work.id))


def find_work(book: Book, text: str) -> Work:
    """Return the piece of work with that number; NoSuchThing otherwise."""
    if text.strip().isdecimal():
        return book.work.get(int(text))
    raise NoSuchThing(lazy("“{text}” is not the number of a piece of work; “work list” shows them."), text=text)


def work_json(book: Book, work: Work) -> dict[str, Any]:
    """Return a piece of work as `work list --json` prints it."""
    return {
        "id": work.id,
        "member": work.member,
        "name": name_of(book, work.member),
        "kind": work.kind.value,
        "title": work.title,
        "date": work.date.isoformat(),
        "words": work.words,
        "status": work.status.value,
        "grade": work.grade,
        "checker": work.checker,
        "checked_on": work.checked_on.isoformat() if work.checked_on else None,
        "reason": work.reason,
        "assignment": work.assignment,
        "reading": work.reading,
        "training": work.training,
        "session": work.session,
        "note": work.note,
    }


# assignments


def assign(
    book: Book, title: str, *, kind: WorkKind, due: date, group: int | None = None, **fields: Value
) -> Assignment:
    """Make work due: `pieces` of `kind` (1), at least `words` each, from everybody in the group or from `members`."""
    title = clean(title).strip()
    _check_task(title, due, fields)
    with book.step("assignments.add", title=title):
        return book.assignments.add(group=group or book.group.id, title=title, kind=kind, due=due, **fields)


def edit_assignment(book: Book, assignment: int, **fields: Value) -> Assignment:
    """Change an assignment."""
    now = book.assignments.get(assignment)
    title = clean(fields.get("title", now.title) or "").strip()
    _check_task(title, fields.get("due", now.due), {"opens": now.opens, "pieces": now.pieces, **fields})
    with book.step("assignments.edit", title=title):
        return book.assignments.update(assignment, **fields)


def remove_assignment(book: Book, assignment: int) -> None:
    """Remove an assignment; work handed in for it stays."""
    now = book.assignments.get(assignment)
    with book.step("assignments.remove", title=now.title):
        for work in book.work.where(lambda work: work.assignment == assignment):
            book.work.update(work.id, assignment=None)
        book.assignments.remove(assignment)


def assignments_of(book: Book, *, term: Term | None = None, group: int | None = None) -> list[Assignment]:
    """Return assignments by due date: due in a term (ever for None), of a group or of all."""
    found = book.assignments.where(
        lambda task: (term is None or term.start <= task.due <= term.until) and (group is None or task.group == group)
    )
    return sorted(found, key=lambda task: (task.due, task.title, task.id))


def find_assignment(book: Book, text: str) -> Assignment:
    """Return the assignment meant by its number or title; NoSuchThing otherwise."""
    if text.strip().isdecimal() and int(text) in book.assignments:
        return book.assignments.get(int(text))
    found = [task for task in assignments_of(book) if fold(task.title) == fold(text)]
    if found:
        return found[-1]
    raise NoSuchThing(lazy("There is no assignment “{text}”; “work due” shows them."), text=text)


def same_assignment(book: Book, title: str, kind: WorkKind, due: date, group: int | None = None) -> Assignment | None:
    """Return a task that says the same already: title, kind, due date and group."""
    where = group or book.group.id
    same = book.assignments.where(lambda task: task.kind == kind and task.due == due and task.group == where)
    return next((task for task in same if fold(task.title) == fold(title)), None)


def owed(book: Book, *, term: Term | None = None, group: int | None = None, member: int | None = None) -> list[Owed]:
    """Who still owes what, by due date, then in printed order. All assignments count unless a term is named."""

    def compute() -> list[Owed]:
        return rules.owed(
            assignments_of(book, term=term, group=group),
            book.work.all(),
            {member.id: member for member in in_order(book, book.members.mapping())},
            book.memberships.all(),
            book.today,
        )

    key = ("owed", term.code if term else None, group, book.today)
    found = book.derived(key, (*PEOPLE, "assignments", "work", "terms"), compute)
    return [item for item in found if member is None or item.member == member]


# the matrix


def matrix(
    book: Book,
    *,
    by: By = "month",
    term: Term | None = None,
    group: int | None = None,
    kind: WorkKind | None = None,
    member: int | None = None,
) -> Matrix:
    """Members of the group × months, kinds or assignments of the term: pieces, words, checks, what is missing.

    With a `member` only that row, and only the columns that it needs.
    """
    within = term or book.term
    where = book.group.id if group is None else group
    return rules.matrix(
        matrix_members(book, within, where) if member is None else [book.members.get(member)],
        works_of(book, term=within, kind=kind, member=member),
        by=by,
        term=within,
        assignments=[
            task for task in assignments_of(book, term=within, group=where) if kind is None or task.kind == kind
        ],
    )


def matrix_members(book: Book, term: Term, group: int) -> list[Member]:
    """Return the members of the matrix in printed order: of the group today, or at the end of a term gone by."""
    return members_of(book, group, min(max(book.today, term.start), term.until))


# parts


def _write(book: Book, now: Work, code: str, **fields: Value) -> Work:
    with book.step(code, name=name_of(book, now.member), kind=now.kind, grade=fields.get("grade")):
        return book.work.update(now.id, **fields)


def _open_task(book: Book, member: int, kind: WorkKind, day: date) -> Assignment | None:
    """Return the member's assignment of that kind that is open on the day and wants more, if there is exactly one."""
    term = term_of_day(book, day)
    tasks = [
        task
        for task in book.assignments.all()
        if task.kind == kind
        and (task.opens is None or task.opens <= day)
        and (term is None or term.start <= task.due)
        and _asks(book, task, member)
    ]
    own = [work for work in book.work.all() if work.member == member] if tasks else []
    done = rules.pieces_done(tasks, own)
    wanting = [task for task in tasks if done.get((member, task.id), 0) < task.pieces]
    return wanting[0] if len(wanting) == 1 else None


def _asks(book: Book, task: Assignment, member: int) -> bool:
    if task.members:
        return member in task.members
    day = min(task.due, book.today)
    return any(own.group == task.group and belongs_on(own, day) for own in memberships_of(book, member))


def _ever_in(book: Book, group: int) -> set[int]:
    return {membership.member for membership in book.memberships if membership.group == group}


def read_grade(grade: str | None) -> str | None:
    """Return a grade as it is kept, None for no grade; Refused for one that there is none of."""
    if grade is None or not grade.strip():
        return None
    plain = clean(grade).strip().upper().translate(str.maketrans("ＡＢＣａｂｃ", "ABCABC"))
    if plain not in GRADES:
        raise Refused(lazy("“{grade}” is not a grade; grades are {grades}."), grade=grade, grades=", ".join(GRADES))
    return plain


def _check_words(fields: dict[str, Any]) -> None:
    words = fields.get("words")
    if words is not None and words < 0:
        raise Refused(lazy("{words} words cannot be right."), words=words)


def _check_training(book: Book, member: int, fields: dict[str, Any]) -> None:
    training = book.trainings.get(fields["training"]) if fields.get("training") is not None else None
    if training is not None and training.member != member:
        raise Refused(
            lazy("{title} was a training of {other}, not of {name}."),
            title=training.title,
            other=name_of(book, training.member),
            name=name_of(book, member),
        )


def _check_task(title: str, due: date, fields: dict[str, Any]) -> None:
    if not title:
        raise Refused(lazy("An assignment needs a title."))
    if fields.get("pieces") is not None and fields["pieces"] < 1:
        raise Refused(lazy("An assignment asks for at least one piece, not {pieces}."), pieces=fields["pieces"])
    opens = fields.get("opens")
    if opens is not None and due < opens:
        raise Refused(lazy("The assignment would be due ({due}) before it opens ({opens})."), due=due, opens=opens)
