"""script/bench: `manage.py bench` on servers of its own, which write to disk as in production."""

from . import ROOT, plain_words
from .processes import Stopped, manage, spawn, stop_on_signals
from .tests import throw_away_servers


def main(name, arguments):
    stop_on_signals()
    try:
        with plain_words(), throw_away_servers(durable=True) as (_folder, environment):
            for command in (["migrate", "-v0"], ["bench", *arguments]):
                process = spawn(manage(*command), env=environment, cwd=ROOT)
                if status := process.wait():
                    return status
            return 0
    except Stopped as stopped:
        return 128 + stopped.number
