"""The cast: a member, a facilitator, a funder, a stranger; one community and a neighbouring one."""

import os
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache, caches
from django.db import connection
from hypothesis import HealthCheck, settings

from communities.permissions import Role

from .make import make_community, make_member, make_user
from .running import Broker, Running

# Playwright's loop runs in the thread in which the tests use the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A microphone that hums, for whoever is allowed to listen.
    "--use-fake-device-for-media-stream",
]

SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "ci", max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=SLOW_IS_FINE
)
settings.register_profile(
    "soak",
    max_examples=400,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=SLOW_IS_FINE,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_itemcollected(item):
    """State machines are property tests too: by this mark script/soak takes them in."""
    code = getattr(getattr(item, "function", None), "__code__", None)
    if code and "run_state_machine_as_test" in code.co_names:
        item.add_marker("hypothesis")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A test with transactions of its own empties all tables; the audit's alone would refuse."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS audit_is_not_emptied ON communities_auditentry")


@pytest.fixture(scope="session")
def own_cache(tmp_path_factory):
    """Each process of pytest-xdist clears the cache before each test: it has one to itself."""
    server = Broker(tmp_path_factory.mktemp("c"))
    django_settings.CACHES["default"]["LOCATION"] = server.environment["REDIS_URL"]
    # Django's start has opened the other one.
    caches["default"] = caches.create_connection("default")
    yield
    server.stop()


@pytest.fixture(autouse=True)
def quick(own_cache, settings, tmp_path):
    """Passwords of one round: the product's processes read them, and no test waits for them. No test
    finds what another one left in the cache: pages, and who asked how often."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["tests.conftest.OneRound"]
    settings.API_RATES = dict.fromkeys(settings.API_RATES)
    settings.MAILBOX = tmp_path / "mailbox"
    settings.MEDIA_ROOT = tmp_path / "media"
    # Each test client would otherwise look through all static files first.
    settings.WHITENOISE_AUTOREFRESH = True


class OneRound(PBKDF2PasswordHasher):
    iterations = 1


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The Chromium that script/test found. Without one browser tests are skipped; in CI they fail."""
    chromium = os.environ.get("CHROMIUM")
    if not chromium:
        missing = "no Chromium was found; install one, or Playwright's own"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return {"executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture
def broker(tmp_path_factory):
    """A broker of the test's own."""
    broker = Broker(tmp_path_factory.mktemp("b"))
    yield broker
    broker.stop()


@pytest.fixture
def running(transactional_db, broker, tmp_path):
    """The product's processes on the test database, for the test to start."""
    running = Running(tmp_path, broker)
    with running.services:
        yield running


@pytest.fixture
def cast(db):
    return make_cast()


def make_cast():
    community = make_community("Wound care circle", "wound-care")
    neighbour = make_community("Night shift", "night-shift")
    return SimpleNamespace(
        community=community,
        neighbour=neighbour,
        member=make_member(community, Role.MEMBER, name="Mira"),
        facilitator=make_member(community, Role.FACILITATOR, name="Farid"),
        funder=make_member(community, Role.FUNDER, name="Fumiko"),
        stranger=make_user("Stella"),
        neighbours_facilitator=make_member(neighbour, Role.FACILITATOR, name="Nadia"),
    )
