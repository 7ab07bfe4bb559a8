"""Lists the commands of all documents, and why some of them are not run."""

from __future__ import annotations

from tests.docs.commands import commands, documents
from tests.docs.exceptions import why_not


def main() -> None:
    """One line a command."""
    for document in documents():
        for command in commands(document):
            reason = why_not(command)
            outcome = f"not run: {reason}" if reason else "run"
            print(f"{command.document}:{command.line}: {outcome}: {command.text}")


if __name__ == "__main__":
    main()
