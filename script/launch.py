"""What every script runs: first on the machine's Python to see to .venv, then inside it."""

import importlib
import os
import sys

from launcher import Refusal, plain_words, tell, virtualenv

READY = "--ready"
NEEDS_DEVELOPMENT_TOOLS = {"test", "soak", "check", "screenshots"}
MODULES = {
    "demo": "launcher.demo",
    "manage": "launcher.manage",
    "test": "launcher.tests",
    "soak": "launcher.tests",
    "check": "launcher.checks",
    "bench": "launcher.bench",
    "chaos": "launcher.bench",
    "screenshots": "launcher.screenshots",
}


def main(arguments):
    if arguments[0] != READY:
        with plain_words():
            python = virtualenv.prepare(development=arguments[0] in NEEDS_DEVELOPMENT_TOOLS)
        os.execv(python, [str(python), __file__, READY, *arguments])
    name, *rest = arguments[1:]
    return importlib.import_module(MODULES[name]).main(name, rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Refusal as refusal:
        tell(str(refusal))
        sys.exit(1)
    except KeyboardInterrupt:
        tell("Stopped.")
        sys.exit(130)
