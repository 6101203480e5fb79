"""A program that writes into a book and says each number only when it is saved; run, killed and run again by tests.

Usage: laws_writer.py FOLDER USER MODE. MODE: `count` adds documents; `add` raises a common counter; `watch` prints the
numbers that others write as they are seen, and ends with the fifth.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from coordinator_tui.store import Store


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Work until killed."""
    folder, user, mode = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    store = Store.open(folder, user=user)
    number = max(store.documents(user), default=0)
    _say("ready")
    while mode != "watch" or number < 5:
        if mode == "watch":
            seen = number
            store.refresh()
            number = max(store.documents("other"), default=0)
            if number != seen:
                _say(f"{number}")
            time.sleep(0.2)
            continue
        number += 1
        if number % 37 == 0:
            store.write_snapshot()
        if number % 53 == 0:
            store.compact()
        with store.transaction("count") as work:
            work.set(user, number, {"n": number, "text": "某" * (number % 50)})
            if mode == "add":
                document = store.document("count", 1) or {"n": 0}
                work.set("count", 1, {"n": document["n"] + 1})
        _say(f"{number}")


if __name__ == "__main__":
    main()
