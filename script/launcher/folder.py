"""The data folder: whose it is, that one launcher at a time uses it, and what lies where in it."""

import fcntl
import json
import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path

from . import ROOT, Refusal, say
from .account import can_enter, private_folder

DEFAULT = ROOT / ".demo"
MARKER = "made-by-script-demo"
MARKER_TEXT = "script/demo made this folder and its data; script/demo --reset throws them away.\n"
# Folders that have to be elsewhere begin with this.
PREFIX = "value-creation-"
# All that --reset may delete.
DATA = (
    "postgres",
    "postgres.unfinished",
    "valkey",
    "static",
    "media",
    "logs",
    "beat",
    "secret-key",
    "state.json",
)
# A socket's path has at most 107 bytes, and PostgreSQL's file name in the folder takes 15.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.54321")
FREE_MEGABYTES = 200
SECONDS_FOR_THE_LAST_RUN_TO_END = 30


class DataFolder:
    """Used as a context manager: inside, it is this launcher's alone."""

    def __init__(self, path, account=None):
        self.path = Path(path).absolute()
        self.account = account

    # Ours and ours alone --------------------------------------------------------------------------
    def __enter__(self):
        self.claim()
        self.lock = self.take("launcher.lock", 1)
        if self.lock is None:
            raise Refusal(f"The demo already runs on the data in {self.path}{self.where()}.")
        # The servers inherit this one and so hold it until the last of them is gone.
        self.servers_lock = self.take("servers.lock", SECONDS_FOR_THE_LAST_RUN_TO_END)
        if self.servers_lock is None:
            os.close(self.lock)
            raise Refusal(f"Servers of an earlier run still use the data in {self.path}.")
        self.throw_away_sockets()
        self.forget()
        return self

    def __exit__(self, *_):
        self.forget()
        self.throw_away_sockets()
        os.close(self.servers_lock)
        os.close(self.lock)

    def claim(self):
        """Makes the folder, or takes an empty one; never takes over what somebody else filled."""
        marker = self.path / MARKER
        if self.path.exists() and not self.path.is_dir():
            raise Refusal(f"{self.path} is not a folder.")
        if not marker.exists():
            if self.path.exists() and any(self.path.iterdir()):
                raise Refusal(
                    f"{self.path} holds files that script/demo did not make; name another folder."
                )
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o700 if self.account is None else 0o711)
            marker.write_text(MARKER_TEXT)
        free = shutil.disk_usage(self.path).free // 1_000_000
        if free < FREE_MEGABYTES:
            raise Refusal(
                f"Only {free} MB are free for {self.path}; the demo needs {FREE_MEGABYTES} MB."
            )

    def take(self, name, seconds):
        """The locked file, or None where another process holds it for longer than `seconds`."""
        file = os.open(self.path / name, os.O_RDWR | os.O_CREAT, 0o600)
        end = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return file
            except BlockingIOError:
                if time.monotonic() > end:
                    os.close(file)
                    return None
                time.sleep(0.05)

    def where(self):
        state = self.read_state() or {}
        return f" ({state['url']}, process {state['process']})" if "url" in state else ""

    def reset(self):
        """Throws the data away; only what the launcher itself makes has a name in DATA."""
        say(f"Throwing away the data in {self.path}")
        self.throw_away_servers_home()
        for name in DATA:
            entry = self.path / name
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink(missing_ok=True)

    # What lies where ------------------------------------------------------------------------------
    def servers_home(self):
        """Where the servers keep their data: here, or, where root lent them an account that does
        not reach this folder, in a folder elsewhere whose name is kept here."""
        if can_enter(self.account, self.path):
            return self.path
        note = self.path / "servers-home"
        if note.exists() and (home := Path(note.read_text())).is_dir():
            return home
        parent = "/var/lib" if os.access("/var/lib", os.W_OK) else "/var/tmp"
        home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        home.chmod(0o711)
        note.write_text(str(home))
        return home

    def throw_away_servers_home(self):
        self.throw_away_noted("servers-home")

    def throw_away_noted(self, name):
        """A folder elsewhere, made by the launcher, whose name is kept here."""
        note = self.path / name
        if note.exists():
            folder = Path(note.read_text())
            if folder.name.startswith(PREFIX) and folder.is_dir() and not folder.is_symlink():
                shutil.rmtree(folder)
            note.unlink()

    def sockets(self):
        """A private folder for this run's sockets, with a path short enough for them."""
        if not hasattr(self, "_sockets"):
            for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp"):
                folder = Path(parent) / (PREFIX + "12345678")
                short = len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER
                if short and can_enter(self.account, parent):
                    break
            else:
                raise Refusal("There is no temporary folder for the servers' sockets.")
            self._sockets = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
            (self.path / "sockets").write_text(str(self._sockets))
            private_folder(self._sockets, self.account)
        return self._sockets

    def throw_away_sockets(self):
        """This run's sockets, or those of a run that was killed."""
        self.throw_away_noted("sockets")

    def own(self, name):
        """A folder for files of the product itself."""
        folder = self.path / name
        folder.mkdir(exist_ok=True)
        return folder

    def log(self, name):
        return self.own("logs") / f"{name}.log"

    # What is remembered ---------------------------------------------------------------------------
    def secret_key(self):
        """Made once, kept where only its owner reads it."""
        file = self.path / "secret-key"
        if not file.exists():
            write_private(file, secrets.token_urlsafe(50))
        return file.read_text()

    def remember(self, state):
        """What script/manage needs to find this run."""
        write_private(self.path / "state.json", json.dumps(state, indent=1))

    def forget(self):
        (self.path / "state.json").unlink(missing_ok=True)

    def read_state(self):
        try:
            return json.loads((self.path / "state.json").read_text())
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None

    def running(self):
        """The state of the launcher that uses this folder now, or None."""
        state = self.read_state()
        if state is None:
            return None
        file = os.open(self.path / "launcher.lock", os.O_RDWR)
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return state
        finally:
            os.close(file)
        return None


def write_private(path, text):
    """Whole or not at all: written beside, then put in place."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(file, "w") as stream:
        stream.write(text)
    unfinished.replace(path)
