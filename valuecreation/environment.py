"""Reads what the environment says, and collects everything that is missing or weak before refusing."""

import os
from urllib.parse import parse_qs, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
MIN_SECRET_LENGTH = 50
MIN_SECRET_CHARACTERS = 10


class Environment:
    """Reads settings by name; `refuse_if_incomplete` names all faults in one error."""

    def __init__(self, values=os.environ):
        self.values = values
        self.faults = []

    def text(self, name, default=""):
        return self.values.get(name, "").strip() or default

    def flag(self, name):
        value = self.text(name).lower()
        if value not in {"", "0", "1", "true", "false", "yes", "no"}:
            self.faults.append(f"{name} is {value!r}; write 1 or 0")
        return value in {"1", "true", "yes"}

    def one_of(self, name, choices):
        """One of the choices; the first where nothing is said."""
        value = self.text(name, choices[0])
        if value not in choices:
            self.faults.append(f"{name} is {value!r}; write {' or '.join(choices)}")
        return value

    def together(self, *names):
        """The values of names that only mean something together, or None where none is given."""
        values = [self.text(name) for name in names]
        missing = [name for name, value in zip(names, values, strict=True) if not value]
        if missing and len(missing) < len(names):
            self.faults.append(f"{', '.join(missing)} is missing; give {', '.join(names)} or none")
        return values if not missing else None

    def site(self, name, default):
        """An address without a path, such as https://learning.example.org."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
            self.faults.append(f"{name} is {value!r}; write the site's address: https://host")
        return value

    def names(self, name):
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def number(self, name, default):
        value = self.text(name, str(default))
        if not value.isdecimal():
            self.faults.append(f"{name} is {value!r}; write a whole number")
            return default
        return int(value)

    def secret(self, name):
        value = self.text(name)
        if len(value) < MIN_SECRET_LENGTH or len(set(value)) < MIN_SECRET_CHARACTERS:
            self.faults.append(
                f"{name} is missing or weak; give at least {MIN_SECRET_LENGTH} random characters"
            )
        return value

    def required(self, name, hint, default=""):
        value = self.text(name, default)
        if not value:
            self.faults.append(f"{name} is missing; {hint}")
        return value

    def hosts(self, name, demo):
        hosts = self.names(name)
        if not hosts:
            self.faults.append(f"{name} is missing; list the host names of this site, with commas")
        if demo and set(hosts) - LOOPBACK:
            self.faults.append(
                "DEMO=1 lets anybody in with one click, so it works for 127.0.0.1 and localhost "
                f"only; {name} also names {', '.join(sorted(set(hosts) - LOOPBACK))}"
            )
        return hosts

    def refuse_if_incomplete(self):
        if self.faults:
            raise ImproperlyConfigured("Settings: " + "; ".join(self.faults) + ".")


def cache_address(broker):
    """The broker's server as a cache address, in its database 1: for Celery a socket is
    `redis+socket://`, for redis-py it is `unix://`."""
    parts = urlsplit(broker)
    if parts.scheme == "redis+socket":
        # By hand: urlunsplit leaves the two slashes out where no host follows.
        return f"unix://{parts.netloc}{parts.path}?db=1"
    return urlunsplit((parts.scheme, parts.netloc, "/1", parts.query, ""))


def broker_address(cache):
    """The cache's server as a broker address, in the database the address names."""
    parts = urlsplit(cache)
    if parts.scheme == "unix":
        database = parse_qs(parts.query).get("db", ["0"])[0]
        return f"redis+socket://{parts.netloc}{parts.path}?virtual_host={database}"
    return cache


def origin_of(address):
    """Scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
