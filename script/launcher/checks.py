"""script/check: everything that can be said without running the tests."""

import subprocess

from . import ROOT, plain_words, say, tell
from .processes import Stopped, manage, python, spawn, stop_on_signals
from .servers import production_environment
from .tests import throw_away_servers

ARCHITECTURE = "tests/test_architecture.py"


def main(name, arguments):
    stop_on_signals()
    try:
        with plain_words(), throw_away_servers() as (_, demo):
            production = production_environment(demo)
            outcomes = [
                passes("Python style", python("-m", "ruff", "check", "."), demo),
                passes(
                    "Python format",
                    python("-m", "ruff", "format", "--check", "--output-format", "concise", "."),
                    demo,
                ),
                passes("Templates", python("-m", "djlint", ".", "--lint", "--quiet"), demo),
                passes("Migrations", manage("makemigrations", "--check", "--dry-run"), demo),
                passes(
                    "Production settings",
                    manage("check", "--deploy", "--fail-level", "WARNING"),
                    production,
                ),
                passes("Architecture", python("-m", "pytest", "-q", ARCHITECTURE), demo),
            ]
    except Stopped as stopped:
        return 128 + stopped.number
    return 0 if all(outcomes) else 1


def passes(name, arguments, environment):
    process = spawn(
        arguments,
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    words, _ = process.communicate()
    if process.returncode:
        tell(words.rstrip())
    say(f"{'FAILED' if process.returncode else 'ok    '}  {name}")
    return not process.returncode
