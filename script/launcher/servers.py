"""The servers a run works with: those that the environment names, the embedded ones otherwise."""

import contextlib
import os
import secrets

import psycopg2
from kombu import Connection

from . import Refusal, postgres, say, valkey

OLDEST = postgres.OLDEST
PATIENCE = 5
# What script/manage needs to work as the demo's own processes do.
SHARED = (
    "DEMO",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "CELERY_BROKER_URL",
    "STATIC_ROOT",
    "MEDIA_ROOT",
    "DJANGO_SETTINGS_MODULE",
)


@contextlib.contextmanager
def servers(folder, *, durable=True):
    """Gives the environment for the product's processes. Inside, the servers run; `watched` are
    those of them that the launcher itself started."""
    with contextlib.ExitStack() as running:
        given = {}
        watched = []
        database, broker = named("DATABASE_URL"), named("CELERY_BROKER_URL") or named("REDIS_URL")
        if database:
            refuse_unless_database_answers(database)
        if broker:
            refuse_unless_broker_answers(broker)
        if not database:
            say("Starting PostgreSQL")
            service, given["DATABASE_URL"] = postgres.start(folder, durable=durable)
            watched.append(running.enter_context(service))
        if not broker:
            say("Starting Valkey")
            service, *addresses = valkey.start(folder, durable=durable)
            given["CELERY_BROKER_URL"], given["REDIS_URL"] = addresses
            watched.append(running.enter_context(service))
        yield environment(folder, given), watched


def environment(folder, given):
    """As the processes of one machine get it: DEMO=1, and only this machine's names."""
    values = {**os.environ, **given}
    for name in ("SITE_URL", "BEHIND_TLS_PROXY", "GUNICORN_CMD_ARGS", "WEB_CONCURRENCY"):
        values.pop(name, None)
    values.update(
        DEMO="1",
        SECRET_KEY=named("SECRET_KEY") or folder.secret_key(),
        ALLOWED_HOSTS="127.0.0.1,localhost",
        DJANGO_SETTINGS_MODULE="valuecreation.settings",
        STATIC_ROOT=str(folder.own("static")),
        MEDIA_ROOT=str(folder.own("media")),
        PYTHONUNBUFFERED="1",
    )
    return values


def production_environment(values):
    """The same servers, with the settings of a site that others reach."""
    return {
        **values,
        "DEMO": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "stories.example.org",
        "SITE_URL": "https://stories.example.org",
    }


def named(name):
    return os.environ.get(name, "").strip()


def refuse_unless_database_answers(url):
    if url.partition(":")[0] not in {"postgresql", "postgres"}:
        raise Refusal("DATABASE_URL is not the address of a PostgreSQL (postgresql://…).")
    try:
        connection = psycopg2.connect(url, connect_timeout=PATIENCE)
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise Refusal(f"The PostgreSQL of DATABASE_URL does not answer: {reason}") from None
    version = connection.server_version // 10_000
    connection.close()
    if version < OLDEST:
        raise Refusal(
            f"The PostgreSQL of DATABASE_URL is version {version}; {OLDEST} or newer is needed."
        )


def refuse_unless_broker_answers(url):
    name = "CELERY_BROKER_URL" if named("CELERY_BROKER_URL") else "REDIS_URL"
    if url.startswith("unix://"):
        url = "redis+socket://" + url.removeprefix("unix://").partition("?")[0]
    try:
        with Connection(url, connect_timeout=PATIENCE) as connection:
            connection.ensure_connection(max_retries=1, timeout=PATIENCE)
    except Exception as error:  # each kind of broker has its own errors
        reason = str(error).strip().splitlines()[0] if str(error) else type(error).__name__
        raise Refusal(f"The broker of {name} does not answer: {reason}") from None
