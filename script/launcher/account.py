"""Which account the servers run as. PostgreSQL refuses root, so root lends it another one."""

import os
import pwd
import subprocess

from . import Refusal


def server_account():
    """None where the servers run as whoever starts them."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Refusal("PostgreSQL cannot run as root, and there is no account postgres or nobody here.")


def identity(account):
    """The account as arguments for a process."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def can_run(account, program):
    """Whether the account reaches the program and the program runs on this machine."""
    return succeeds(account, [program, "--version"])


def can_enter(account, folder):
    return account is None or succeeds(account, ["/bin/sh", "-c", 'test -x "$0"', folder])


def succeeds(account, arguments):
    try:
        return not subprocess.run(
            [str(argument) for argument in arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            **identity(account),
        ).returncode
    except OSError:
        return False


def private_folder(path, account):
    """The folder, made where it is missing, which only the account (and root) can enter."""
    path.mkdir(exist_ok=True)
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)
    path.chmod(0o700)
    return path
