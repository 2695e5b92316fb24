"""script/manage: a Django command on the running demo, or on the servers that are configured."""

import os
import sys

from . import ROOT, Refusal
from .folder import DEFAULT, DataFolder
from .servers import SHARED


def main(name, arguments):
    path = os.environ.get("VC_DATA") or DEFAULT
    running = DataFolder(path).running()
    given = os.environ.get("DATABASE_URL")
    if given and not (running and running["environment"]["DATABASE_URL"] == given):
        environment = dict(os.environ)
    elif running:
        own = {name: value for name, value in os.environ.items() if name not in SHARED}
        environment = {**own, **running["environment"]}
    else:
        raise Refusal(
            f"No demo runs on the data in {path}, and DATABASE_URL is not set. Start script/demo, "
            "name its data folder in VC_DATA, or set DATABASE_URL and what else the settings need."
        )
    sys.stdout.flush()
    python = sys.executable
    os.execve(python, [python, str(ROOT / "manage.py"), *arguments], environment)
