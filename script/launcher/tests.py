"""script/test and script/soak: pytest on throw-away servers."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from . import ROOT, plain_words
from .account import server_account
from .browser import find_chromium
from .demo import collect_static
from .folder import DataFolder
from .processes import Stopped, python, spawn, stop_on_signals
from .servers import servers


def main(name, arguments):
    if name == "soak":
        os.environ["HYPOTHESIS_PROFILE"] = "soak"
        arguments = ["-m", "hypothesis", *arguments]
    stop_on_signals()
    try:
        with plain_words(), throw_away_servers() as (folder, environment):
            collect_static(folder.log("preparation"), {"env": environment, "cwd": ROOT})
            if chromium := find_chromium():
                environment["CHROMIUM"] = chromium
            return pytest(arguments, environment)
    except Stopped as stopped:
        return 128 + stopped.number


@contextlib.contextmanager
def throw_away_servers(*, durable=False):
    """A data folder that is gone afterwards, with servers that need not survive anything, or work
    as if they had to."""
    account = server_account()
    path = Path(tempfile.mkdtemp(prefix="value-creation-test-"))
    try:
        path.chmod(0o700 if account is None else 0o711)
        with contextlib.ExitStack() as running:
            folder = running.enter_context(DataFolder(path, account))
            running.callback(folder.throw_away_servers_home)
            environment, _ = running.enter_context(servers(folder, durable=durable))
            yield folder, environment
    finally:
        shutil.rmtree(path, ignore_errors=True)


def pytest(arguments, environment):
    """In the foreground, so that Ctrl-C reaches it and a debugger can read. It ends first; only
    then the servers stop."""
    process = spawn(python("-m", "pytest", *arguments), env=environment, cwd=ROOT, stdin=None)
    try:
        return process.wait()
    except Stopped as stopped:
        if stopped.number != signal.SIGINT:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise
