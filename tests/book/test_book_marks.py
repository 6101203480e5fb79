"""The index of marks: read session by session, it tells what a reading of all documents tells."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.book.marks import MarkIndex, attendance_id, read_marked

SESSIONS, MEMBERS = (1, 2, 3), (10, 11, 12)
ids = st.one_of(
    st.builds(attendance_id, st.sampled_from(SESSIONS), st.sampled_from(MEMBERS)), st.integers(min_value=1, max_value=4)
)
documents = st.fixed_dictionaries(
    {"session": st.sampled_from([*SESSIONS, None, "1"]), "member": st.sampled_from([*MEMBERS, None])},
    optional={"mark": st.sampled_from(["present", "late", "sick", "unheard of", None]), "minutes": st.integers(1, 9)},
)
edits = st.tuples(ids, st.none() | documents)
questions = st.tuples(st.sampled_from(["of", "count", "marked"]), st.sampled_from(SESSIONS))


def plainly(book: dict[int, dict[str, Any]], session: int) -> dict[int, Any]:
    """What each member is marked: of two documents of one fact that with the right id counts."""
    found: dict[int, Any] = {}
    for identity, document in book.items():
        member = document["member"]
        if document["session"] == session and type(member) is int:
            right = identity == attendance_id(session, member)
            if member not in found or right:
                found[member] = read_marked(identity, document)
    return found


@given(st.dictionaries(ids, documents, max_size=8), st.lists(edits | questions, max_size=12))
def test_sessions_read_when_asked_for_say_what_all_documents_say(
    book: dict[int, dict[str, Any]], doings: list[tuple[Any, Any]]
) -> None:
    # Two documents of one fact that both have a wrong id have no right answer: which came first decides.
    index = MarkIndex(lambda: book)
    for what, which in doings:
        if isinstance(what, str):
            getattr(index, what)(which)
            continue
        if which is None:
            book.pop(what, None)
        else:
            book[what] = which
        index.take_in(what, book.get(what))
    for session in SESSIONS:
        wanted = plainly(book, session)
        if any(marked.id != attendance_id(session, member) for member, marked in wanted.items()):
            continue
        assert index.of(session) == wanted
        assert index.marked(session) == {member for member, marked in wanted.items() if marked.mark}
        assert index.count(session) == len(index.marked(session))
