"""script/bench and script/chaos: the command of that name on servers of its own, which write to disk
as in production."""

from . import ROOT, plain_words
from .demo import collect_static
from .processes import Stopped, manage, spawn, stop_on_signals
from .tests import throw_away_servers


def main(name, arguments):
    stop_on_signals()
    try:
        with plain_words(), throw_away_servers(durable=True) as (folder, environment):
            collect_static(folder.log("preparation"), {"env": environment, "cwd": ROOT})
            for command in (["migrate", "-v0"], [name, *arguments]):
                process = spawn(manage(*command), env=environment, cwd=ROOT)
                if status := process.wait():
                    return status
            return 0
    except Stopped as stopped:
        return 128 + stopped.number
