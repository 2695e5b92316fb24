"""Production refuses to start with anything missing or weak, and says what."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from valuecreation.environment import Environment

STRONG = "".join(chr(97 + n % 26) for n in range(60))


def refusal_of(ask, **values):
    environment = Environment(values)
    ask(environment)
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.refuse_if_incomplete()
    return str(refused.value)


def ask_for_all(environment):
    environment.secret("SECRET_KEY")
    environment.hosts("ALLOWED_HOSTS", demo=environment.flag("DEMO"))
    environment.required("DATABASE_URL", "for example postgresql://user@host/name")


def test_nothing_given_names_everything_that_is_missing():
    assert refusal_of(ask_for_all) == (
        "Settings: SECRET_KEY is missing or weak; give at least 50 random characters; "
        "ALLOWED_HOSTS is missing; list the host names of this site, with commas; "
        "DATABASE_URL is missing; for example postgresql://user@host/name."
    )


@pytest.mark.parametrize("secret", ["short", "a" * 60, "django-insecure", " " * 60])
def test_a_weak_secret_is_refused(secret):
    said = refusal_of(
        ask_for_all, SECRET_KEY=secret, ALLOWED_HOSTS="a.example.org", DATABASE_URL="postgresql://x"
    )
    assert said == "Settings: SECRET_KEY is missing or weak; give at least 50 random characters."


def test_the_demo_is_refused_on_a_site_that_others_reach():
    said = refusal_of(
        ask_for_all,
        SECRET_KEY=STRONG,
        ALLOWED_HOSTS="localhost, stories.example.org",
        DATABASE_URL="postgresql://x",
        DEMO="1",
    )
    assert said == (
        "Settings: DEMO=1 lets anybody in with one click, so it works for 127.0.0.1 and localhost "
        "only; ALLOWED_HOSTS also names stories.example.org."
    )


def test_a_switch_that_is_neither_on_nor_off_is_refused():
    assert refusal_of(lambda environment: environment.flag("DEMO"), DEMO="perhaps") == (
        "Settings: DEMO is 'perhaps'; write 1 or 0."
    )


def test_a_number_that_is_none_is_refused():
    said = refusal_of(lambda e: e.number("HSTS_SECONDS", 1), HSTS_SECONDS="a year")
    assert said == "Settings: HSTS_SECONDS is 'a year'; write a whole number."


def test_a_complete_environment_is_accepted():
    environment = Environment(
        {"SECRET_KEY": STRONG, "ALLOWED_HOSTS": "a.example.org", "DATABASE_URL": "postgresql://x"}
    )
    ask_for_all(environment)
    environment.refuse_if_incomplete()
