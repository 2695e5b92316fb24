"""script/demo: everything on this machine, from nothing to a page that one can enter."""

import argparse
import contextlib
import http.client
import os
import signal
import socket

from . import ROOT, Refusal, plain_words, say
from .account import server_account
from .folder import DEFAULT, DataFolder
from .processes import Service, Stopped, manage, python, run, stop_on_signals, wait_until
from .servers import SHARED, servers

HOST = "127.0.0.1"
SECONDS_UNTIL_READY = 180


def main(name, arguments):
    options = parse(arguments)
    stop_on_signals()
    try:
        with plain_words():
            serve(options)
    except Stopped as stopped:
        say("Stopped.")
        # Ctrl-C and SIGTERM are how a demo ends well; a closed terminal too.
        return 0 if stopped.number in {signal.SIGINT, signal.SIGTERM} else 1


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="script/demo",
        description="Starts the product on this machine with example data. Ctrl-C stops it.",
        epilog="DATABASE_URL, REDIS_URL, CELERY_BROKER_URL: servers of your own instead of the "
        "embedded ones. PYTHON: the Python to use. POSTGRES_BIN: the PostgreSQL programs to use.",
    )
    parser.add_argument("--port", type=port, default=8000, help="default 8000; 0 finds a free one")
    parser.add_argument("--data", default=DEFAULT, metavar="DIR", help="default .demo")
    parser.add_argument("--reset", action="store_true", help="throw the data away, start afresh")
    return parser.parse_args(arguments)


def port(text):
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port (0 to 65535)")
    return int(text)


def serve(options):
    with contextlib.ExitStack() as running:
        folder = running.enter_context(DataFolder(options.data, server_account()))
        door = running.enter_context(open_door(options.port))
        url = f"http://{HOST}:{door.getsockname()[1]}"
        if options.reset:
            folder.reset()
        environment, watched = running.enter_context(servers(folder))
        environment["SITE_URL"] = url
        how_to_enter = prepare(folder, environment)
        say("Starting web, beat and worker")
        for start in (start_web, start_beat, start_worker):
            watched.append(running.enter_context(start(folder, environment, door)))
        wait_until_ready(door, watched)
        # From now on the web process alone holds the port.
        door.close()
        shared = {name: environment[name] for name in SHARED if name in environment}
        folder.remember({"url": url, "process": os.getpid(), "environment": shared})
        say(f"Ready: {url}")
        for line in how_to_enter.splitlines():
            say(line)
        say("Ctrl-C stops it.")
        watch(watched)


def open_door(number):
    """The web server's socket, taken before anything else so that nobody else gets the port."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, number))
    except PermissionError:
        raise Refusal(f"Port {number} is for root only; choose another with --port.") from None
    except OSError:
        raise Refusal(f"Port {number} is taken; choose another with --port.") from None
    return door


def prepare(folder, environment):
    """Tables, example data and static files; gives back how to enter, as the example says."""
    options = {"env": environment, "cwd": ROOT}
    log = folder.log("preparation")
    log.unlink(missing_ok=True)
    say("Collecting static files and translations")
    collect_static(log, options)
    say("Bringing the tables up to date")
    run(manage("migrate", "--no-input"), name="migrate", log=log, **options)
    say("Loading the example")
    how_to_enter = run(
        manage("load_example"), name="load_example", log=log, capture=True, **options
    )
    return how_to_enter


def collect_static(log, options):
    """The static files, and the translations: an example's own rows are made with these."""
    run(manage("compile_catalogues"), name="compile_catalogues", log=log, **options)
    run(manage("collectstatic", "--no-input", "-v0"), name="collectstatic", log=log, **options)


def start_web(folder, environment, door):
    return Service(
        "web",
        python("-m", "gunicorn", "valuecreation.wsgi", "--bind", f"fd://{door.fileno()}")
        + ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
        + ["--graceful-timeout", "5", "--no-control-socket", "--access-logfile", "-"],
        log=folder.log("web"),
        death_signal=signal.SIGTERM,
        env=environment,
        cwd=ROOT,
        pass_fds=[door.fileno(), folder.servers_lock],
    )


def start_beat(folder, environment, door):
    return Service(
        "beat",
        celery("beat", "--schedule", folder.own("beat") / "schedule", "--pidfile="),
        log=folder.log("beat"),
        death_signal=signal.SIGTERM,
        env=environment,
        cwd=ROOT,
        pass_fds=[folder.servers_lock],
    )


def start_worker(folder, environment, door):
    """Dies at once with the launcher: what it was doing is done again, as after any loss. Its
    pool processes tie themselves to it in the same way."""
    return Service(
        "worker",
        celery("worker", "--pool", "prefork", "--concurrency", "2")
        + ["--without-gossip", "--without-mingle"],
        log=folder.log("worker"),
        death_signal=signal.SIGKILL,
        patience=8,
        env=environment,
        cwd=ROOT,
        pass_fds=[folder.servers_lock],
    )


def celery(*arguments):
    return python("-m", "celery", "-A", "valuecreation", *arguments, "--loglevel", "INFO")


def wait_until_ready(door, watched):
    def ready():
        for service in watched:
            service.refuse_if_ended()
        return is_ready(door.getsockname()[1])

    web = next(service for service in watched if service.name == "web")
    wait_until(
        ready, service=web, seconds=SECONDS_UNTIL_READY, why="The web page did not become ready"
    )


def is_ready(number):
    # Without any proxy that the environment may name.
    connection = http.client.HTTPConnection(HOST, number, timeout=10)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def watch(watched):
    """Waits until one of them ends, which is a fault; being stopped comes from outside."""
    while True:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        for service in watched:
            service.refuse_if_ended()
