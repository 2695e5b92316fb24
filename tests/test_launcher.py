"""The launcher: what it refuses, in plain words, and that nothing of it is left behind."""

import signal
import socket
import stat
import sys
import tempfile
from pathlib import Path

import pytest
from launcher.demo import parse
from launcher.folder import MARKER, DataFolder

from .launching import Demo, descendants, new_folder, script, still_running, wait_until

MOST = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
KEEP = (
    "from django.utils import timezone; from django.contrib.sessions.models import Session; "
    "Session.objects.create(session_key='kept', session_data='', expire_date=timezone.now())"
)
SHOW = (
    "from django.contrib.sessions.models import Session; "
    "print(*Session.objects.values_list('session_key', flat=True))"
)


@pytest.fixture
def folder():
    with new_folder() as path:
        yield path


@pytest.fixture
def taken():
    """A port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture
def silent():
    """A port on which nobody listens, and nobody else can."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        yield other.getsockname()[1]


def test_parse_knows_the_options():
    assert vars(parse(["--port", "0", "--data", "x", "--reset"])) == {
        "port": 0,
        "data": "x",
        "reset": True,
    }


@pytest.mark.parametrize("text", ["65536", "-1", "http", ""])
def test_parse_refuses_what_is_no_port(text, capsys):
    with pytest.raises(SystemExit) as ended:
        parse([f"--port={text}"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"script/demo: error: argument --port: {text} is not a port (0 to 65535)"
    )


def test_demo_refuses_an_old_python(tmp_path):
    old = tmp_path / "python"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.10.9 && exit\nexit 1\n')
    old.chmod(0o755)
    sentence = f"Python 3.11 or newer is needed; {old} is Python 3.10.9.\n"
    assert script("demo", PYTHON=str(old)) == (1, "", sentence)


def test_demo_refuses_a_python_that_is_not_there():
    sentence = "Python 3.11 or newer is needed; /not/there was not found.\n"
    assert script("demo", PYTHON="/not/there") == (1, "", sentence)


def test_demo_refuses_a_taken_port(folder, taken):
    sentence = f"Port {taken} is taken; choose another with --port.\n"
    assert script("demo", "--port", taken, "--data", folder) == (1, "", sentence)


def test_demo_refuses_a_folder_that_it_did_not_make(folder):
    folder.mkdir()
    (folder / "letter").write_text("mine")
    sentence = f"{folder} holds files that script/demo did not make; name another folder.\n"
    assert script("demo", "--reset", "--port", 0, "--data", folder) == (1, "", sentence)
    assert [(file.name, file.read_text()) for file in folder.iterdir()] == [("letter", "mine")]


def test_demo_refuses_a_file_as_folder(folder):
    folder.write_text("mine")
    assert script("demo", "--data", folder) == (1, "", f"{folder} is not a folder.\n")


def test_demo_refuses_a_database_that_does_not_answer(folder, silent):
    given = f"postgresql://somebody:secret@127.0.0.1:{silent}/stories"
    sentence = (
        "The PostgreSQL of DATABASE_URL does not answer: connection to server at "
        f'"127.0.0.1", port {silent} failed: Connection refused\n'
    )
    assert script("demo", "--port", 0, "--data", folder, DATABASE_URL=given) == (1, "", sentence)


def test_demo_refuses_a_database_of_another_kind(folder):
    sentence = "DATABASE_URL is not the address of a PostgreSQL (postgresql://…).\n"
    outcome = script("demo", "--port", 0, "--data", folder, DATABASE_URL="mysql://host/stories")
    assert outcome == (1, "", sentence)


def test_demo_refuses_a_broker_that_does_not_answer(folder, silent):
    sentence = (
        "The broker of REDIS_URL does not answer: "
        f"Error 111 connecting to 127.0.0.1:{silent}. Connection refused.\n"
    )
    given = f"redis://127.0.0.1:{silent}/0"
    assert script("demo", "--port", 0, "--data", folder, REDIS_URL=given) == (1, "", sentence)


def test_demo_refuses_the_data_of_another_postgresql(folder):
    (folder / "postgres").mkdir(parents=True)
    folder.chmod(0o711)
    (folder / MARKER).write_text("")
    (folder / "postgres" / "PG_VERSION").write_text("9\n")
    status, said, sentence = script("demo", "--port", 0, "--data", folder)
    assert (status, said) == (1, "Starting PostgreSQL\n")
    assert sentence == (
        f"The data in {folder}/postgres were made by PostgreSQL 9, and this is PostgreSQL 18. "
        "Name that version's programs in POSTGRES_BIN, name another folder with --data, or throw "
        "the data away with --reset.\n"
    )


def test_manage_refuses_where_nothing_runs(folder):
    sentence = (
        f"No demo runs on the data in {folder}, and DATABASE_URL is not set. Start script/demo, "
        "name its data folder in VC_DATA, or set DATABASE_URL and what else the settings need.\n"
    )
    assert script("manage", "check", VC_DATA=str(folder)) == (1, "", sentence)


def test_reset_throws_away_what_the_launcher_made_and_nothing_else(folder):
    with DataFolder(folder) as own:
        own.secret_key()
        own.log("web").write_text("a line")
        (folder / "letter").write_text("mine")
        own.reset()
        left = sorted(file.name for file in folder.iterdir())
    assert left == sorted([MARKER, "launcher.lock", "servers.lock", "letter"])


def test_reset_follows_no_link_out_of_the_folder(folder, tmp_path):
    (tmp_path / "letter").write_text("mine")
    with DataFolder(folder) as own:
        (folder / "media").symlink_to(tmp_path)
        own.reset()
    assert [file.name for file in tmp_path.iterdir()] == ["letter"]


def test_sockets_have_a_short_private_path_that_goes_with_the_run(folder, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", f"/tmp/{'x' * 100}")
    with DataFolder(folder) as own:
        sockets = own.sockets()
        assert sockets.parent == Path("/tmp")
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert not sockets.exists()


def test_the_next_run_clears_the_sockets_of_a_killed_one(folder):
    with DataFolder(folder) as killed:
        sockets = killed.sockets()
        note = (folder / "sockets").read_text()
        (folder / "sockets").unlink()
    assert sockets.is_dir()
    (folder / "sockets").write_text(note)
    with DataFolder(folder):
        assert not sockets.exists()


def test_only_folders_of_the_launcher_are_cleared(folder, tmp_path):
    with DataFolder(folder):
        (folder / "sockets").write_text(str(tmp_path))
    assert tmp_path.is_dir()


def test_secret_key_is_made_once_for_its_owner_alone(folder):
    with DataFolder(folder) as own:
        first = own.secret_key()
        assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    with DataFolder(folder) as own:
        assert own.secret_key() == first


@MOST
@pytest.mark.services
def test_demo_leaves_nothing_when_killed_and_starts_again_with_its_data(folder):
    first = Demo(folder)
    try:
        ready = first.said.index(f"Ready: {first.url}")
        assert first.said[:ready] == [
            "Starting PostgreSQL",
            "Making the database files (PostgreSQL 18)",
            "Starting Valkey",
            "Collecting static files and translations",
            "Bringing the tables up to date",
            "Loading the example",
            "Starting web, beat and worker",
        ]
        again = f"The demo already runs on the data in {folder}"
        sentence = f"{again} ({first.url}, process {first.process.pid}).\n"
        assert script("demo", "--port", 0, "--data", folder) == (1, "", sentence)
        kept = script("manage", "shell", "-v0", "-c", KEEP, VC_DATA=str(folder))
        assert kept == (0, "", "")
    finally:
        processes = descendants(first.process.pid)
        first.end(signal.SIGKILL)
    wait_until(lambda: not still_running(processes))

    second = Demo(folder)
    try:
        shown = script("manage", "shell", "-v0", "-c", SHOW, VC_DATA=str(folder))
        assert shown == (0, "kept\n", "")
    finally:
        processes = descendants(second.process.pid)
        status, said = second.end(signal.SIGTERM)
    # A worker that is in the middle of something may have to be ended, which is said too.
    said = said.replace("worker did not stop in 8 seconds and is ended\n", "")
    assert (status, said) == (
        0,
        "Stopping worker\nStopping beat\nStopping web\nStopping Valkey\nStopping PostgreSQL\n"
        "Stopped.\n",
    )
    assert still_running(processes) == []
