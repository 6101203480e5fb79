"""The four haves (四有) of a session: a plan, a topic, a speaker and a form."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from coordinator_tui.text import lazy

if TYPE_CHECKING:
    from coordinator_tui.domain.records import Session
    from coordinator_tui.text import LazyText


class Have(StrEnum):
    """What a session should have before it is held."""

    PLAN = "plan"
    TOPIC = "topic"
    SPEAKER = "speaker"
    FORM = "form"


HAVE_TITLES: dict[Have, LazyText] = {
    Have.PLAN: lazy("Plan"),
    Have.TOPIC: lazy("Topic"),
    Have.SPEAKER: lazy("Speaker"),
    Have.FORM: lazy("Form of activity"),
}


def four_haves(session: Session) -> list[Have]:
    """Return what `session` still lacks of plan, topic, speaker and form, in that order; blanks count as nothing."""
    has = {
        Have.PLAN: session.plan,
        Have.TOPIC: session.topic,
        Have.SPEAKER: session.speaker or session.speaker_member,
        Have.FORM: session.kind,
    }
    return [have for have, value in has.items() if not (value.strip() if isinstance(value, str) else value)]
