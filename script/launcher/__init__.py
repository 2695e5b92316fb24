"""The launcher behind the scripts: the virtual environment, the servers, the processes.

This module and `virtualenv`, `processes` run on the machine's bare Python; the rest inside .venv.
"""

import contextlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class Refusal(Exception):
    """Something that a person has to change first; the message is the whole sentence."""


@contextlib.contextmanager
def plain_words():
    """What the operating system refuses (no space, no right, read-only) as a sentence."""
    try:
        yield
    except OSError as error:
        what = error.filename or "Something on this machine"
        raise Refusal(f"{what} cannot be used: {error.strerror or error}.") from None


def say(line):
    """A line of progress. A reader that went away must not keep us from stopping in order."""
    write(sys.stdout, line)


def tell(line):
    """A line about what went wrong."""
    write(sys.stderr, line)


def write(stream, line):
    try:
        print(line, file=stream, flush=True)
    except OSError:
        pass
