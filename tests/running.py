"""The product's own processes, run against the test database, for tests of what only they show."""

import contextlib
import http.client
import os
import signal
import socket
import time
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import psycopg2
from django.conf import settings
from django.db import connection
from django.test import Client
from launcher import ROOT
from launcher.processes import Service, python
from launcher.valkey import answers, candidates

PATIENCE = 90


def wait_for(condition, what, seconds=PATIENCE):
    """The first true answer of `condition()`; an AssertionError naming `what` after a long wait."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < end, f"waited {seconds} seconds for {what}"
        time.sleep(0.05)
    return answer


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Broker:
    """A Valkey of the test's own that it can stop and start again with what it held."""

    def __init__(self, folder):
        self.folder = folder
        self.socket = folder / "valkey.sock"
        self.service = None
        self.start()

    def start(self):
        program = next(iter(candidates()))
        options = ["--port", "0", "--unixsocket", self.socket, "--dir", self.folder]
        self.service = Service(
            "Valkey",
            [program, *options, "--save", "", "--appendonly", "yes", "--appendfsync", "always"],
            log=self.folder / "valkey.log",
            announce=False,
        )
        wait_for(lambda: answers(self.socket), "the broker")

    def stop(self):
        self.service.stop()
        self.socket.unlink(missing_ok=True)

    @property
    def environment(self):
        path = quote(str(self.socket))
        return {
            "CELERY_BROKER_URL": f"redis+socket://{path}",
            "REDIS_URL": f"unix://{path}?db=1",
        }


class Running:
    """Starts web, worker and beat, and asks the web process as a person would."""

    def __init__(self, folder, broker):
        self.folder = folder
        self.port = free_port()
        self.services = contextlib.ExitStack()
        self.environment = {**os.environ, "DATABASE_URL": test_database_url(), **broker.environment}

    def start(self, name, *arguments):
        service = Service(
            name,
            python("-m", *arguments),
            log=self.folder / f"{name}.log",
            announce=False,
            env=self.environment,
            cwd=ROOT,
        )
        return self.services.enter_context(service)

    def web(self):
        address = f"127.0.0.1:{self.port}"
        options = ["--bind", address, "--threads", "4", "--no-control-socket"]
        service = self.start("web", "gunicorn", "valuecreation.wsgi", *options)
        wait_for(lambda: self.get("/health/live").status == 200, "the web process")
        return service

    def worker(self):
        options = ["worker", "-c", "2", "--without-gossip", "--without-mingle"]
        return self.start("worker", "celery", "-A", "valuecreation", *options)

    def beat(self):
        schedule = self.folder / "beat"
        return self.start("beat", "celery", "-A", "valuecreation", "beat", "-s", str(schedule))

    def get(self, path, user=None, **headers):
        return self.ask("GET", path, user, headers=headers)

    def post(self, path, user, **data):
        return self.ask("POST", path, user, data=data)

    def ask(self, method, path, user=None, *, data=None, headers=()):
        """The answer, with `text`; for a connection that is refused one with status 0."""
        headers = {"Host": f"127.0.0.1:{self.port}", **dict(headers)}
        if user:
            headers["Cookie"] = cookie_of(user)
        body = None
        if data is not None:
            token = "t" * 32
            headers["Cookie"] += f"; csrftoken={token}"
            headers["X-CSRFToken"] = token
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(data)
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            answer.text = answer.read().decode()
            return answer
        except ConnectionError:
            return NoAnswer
        finally:
            link.close()


class NoAnswer:
    status = 0
    text = ""


def cookie_of(user):
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_database_url():
    parts = urlsplit(settings.DATABASE_URL)
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


test_database_url.__test__ = False


@contextlib.contextmanager
def holding(table):
    """Holds a lock on a table that lets others read but not write, in a connection of its own."""
    other = psycopg2.connect(test_database_url())
    try:
        with other.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
            yield
    finally:
        other.rollback()
        other.close()


def waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def kill(service):
    """kill -9, the process and its children."""
    os.killpg(service.process.pid, signal.SIGKILL)
    service.process.wait()
