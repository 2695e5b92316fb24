"""Starts processes so that none outlives the launcher, and stops them in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time

from . import ROOT, Refusal, say

PR_SET_PDEATHSIG = 1


def spawn(arguments, *, death_signal=signal.SIGKILL, **options):
    """A child that gets `death_signal` when the launcher dies, however it dies."""
    return subprocess.Popen(
        [str(argument) for argument in arguments],
        preexec_fn=tie_to_parent(death_signal),
        **{"stdin": subprocess.DEVNULL, **options},
    )


def tie_to_parent(death_signal):
    """What the child does before it becomes its program. Popen changes the user before, which
    matters: the kernel forgets the signal when the user changes. It is sent when the thread that
    started the child ends, so children are started from the main thread only."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def tie():
        libc.prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:
            os._exit(1)

    return tie


class Service:
    """A process that runs until it is stopped; as a context manager it is stopped on leaving."""

    def __init__(
        self,
        name,
        arguments,
        *,
        log,
        stop_signal=signal.SIGTERM,
        patience=20,
        announce=True,
        **options,
    ):
        self.name = name
        self.log = log
        self.stop_signal = stop_signal
        self.patience = patience
        self.announce = announce
        # A session of its own: the terminal's Ctrl-C reaches the launcher only, which then stops
        # everything in order.
        with open(log, "wb") as output:
            self.process = spawn(
                arguments, stdout=output, stderr=output, start_new_session=True, **options
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def has_ended(self):
        return self.process.poll() is not None

    def stop(self):
        if not self.has_ended:
            if self.announce:
                say(f"Stopping {self.name}")
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                say(f"{self.name} did not stop in {self.patience} seconds and is ended")
        self.end_group()
        self.process.wait()

    def end_group(self):
        """Whatever is left of it, children included."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        except PermissionError:  # macOS says so of a group of which only a zombie is left
            pass

    def refuse_if_ended(self):
        if self.has_ended:
            raise Refusal(
                f"{self.name} ended by itself ({how(self.process.returncode)}); "
                f"its log is {self.log}{last_line(self.log)}"
            )


def run(arguments, *, name, log, capture=False, **options):
    """Runs a command to its end and gives back what it printed where `capture` is set. Its other
    words go to `log`; a failure is a Refusal that quotes the last of them."""
    with open(log, "ab") as output:
        process = spawn(
            arguments,
            stdout=subprocess.PIPE if capture else output,
            stderr=output,
            start_new_session=True,
            **options,
        )
        try:
            printed, _ = process.communicate()
        except BaseException:
            process.kill()
            process.wait()
            raise
    if process.returncode:
        raise Refusal(f"{name} failed ({how(process.returncode)}); see {log}{last_line(log)}")
    return printed.decode(errors="replace") if capture else ""


def how(status):
    if status < 0:
        return signal.Signals(-status).name
    return f"status {status}"


def last_line(log):
    """The last line of a log as the end of a sentence, or nothing."""
    with open(log, errors="replace") as text:
        lines = [line.strip() for line in text if line.strip()]
    return f": {lines[-1]}" if lines else ""


def wait_until(condition, *, service, seconds, why):
    """Waits until `condition()` holds; `service` ending or the time running out is a Refusal."""
    end = time.monotonic() + seconds
    while not condition():
        service.refuse_if_ended()
        if time.monotonic() > end:
            raise Refusal(f"{why} within {seconds} seconds; the log is {service.log}")
        time.sleep(0.05)


class Stopped(BaseException):
    """Somebody asked the launcher to stop; passes through every `with` on its way."""

    def __init__(self, number):
        self.number = number


def stop_on_signals():
    """From now on Ctrl-C, SIGTERM and a closed terminal raise Stopped, once. It also works where
    a shell started us in the background with SIGINT ignored."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number, _):
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(number)

    for each in signals:
        signal.signal(each, stop)


def python(*arguments):
    return [sys.executable, *arguments]


def manage(*arguments):
    return python(ROOT / "manage.py", *arguments)
