"""What the launcher's tests need: a start of it in a clean environment, and a look at processes."""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN_SERVERS = {"DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "SECRET_KEY", "VC_DATA"}
LIMIT = 60


def environment(**more):
    """As after signing in: nothing of what script/test has set."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN_SERVERS}
    return {**kept, **more}


def script(name, *arguments, **more):
    """Runs a script to its end: its status, what it said, what it complained about."""
    ended = subprocess.run(
        [ROOT / "script" / name, *map(str, arguments)],
        env=environment(**more),
        cwd="/",
        capture_output=True,
        text=True,
    )
    return ended.returncode, ended.stdout, ended.stderr


@contextmanager
def new_folder():
    """A path that the launcher can make, where also the account of its servers may go."""
    parent = Path(tempfile.mkdtemp(prefix="launcher test ø ", dir="/tmp"))
    parent.chmod(0o711)
    try:
        yield parent / "data"
    finally:
        shutil.rmtree(parent)


class Demo:
    """A running script/demo; `said` are its lines until it was ready."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [ROOT / "script" / "demo", "--port", "0", "--data", folder],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said = []
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if line.startswith("Ctrl-C"):
                break
        else:
            raise AssertionError(self.process.stderr.read())

    @property
    def url(self):
        return next(line for line in self.said if line.startswith("Ready: ")).split()[1]

    def end(self, number):
        """Sends the signal; its status, and what it still said."""
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=LIMIT)
        return self.process.returncode, said


def descendants(pid):
    """All processes below this one, each with its starting time: a number may be given again."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (state := state_of(int(entry.name))):
            parents[int(entry.name)] = state
    found, below = {}, {pid}
    while below:
        children = {child for child, state in parents.items() if state["parent"] in below}
        found.update({child: parents[child]["started"] for child in children})
        below = children
    return found


def state_of(pid):
    """Of a process that runs; one that has ended and only waits to be collected is none."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    if fields[0] in "ZX":
        return None
    return {"parent": int(fields[1]), "started": fields[19]}


def still_running(processes):
    return [
        pid
        for pid, started in processes.items()
        if (state := state_of(pid)) and state["started"] == started
    ]


def wait_until(condition):
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, f"not within {LIMIT} seconds"
        time.sleep(0.02)
