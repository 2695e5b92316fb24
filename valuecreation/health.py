"""Is the site up, and can it do its work? For operators, load balancers and the launcher."""

import logging

from django.db import connection
from django.http import JsonResponse

from .celery import app

logger = logging.getLogger(__name__)
WAIT_SECONDS = 2


def live(request):
    return JsonResponse({"live": True})


def ready(request):
    """200 when database, broker and at least one worker answer, else 503 naming which did not."""
    answers = {name: answers_in_time(ask) for name, ask in QUESTIONS.items()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def answers_in_time(ask):
    try:
        return bool(ask())
    except Exception:
        logger.warning("%s did not answer", ask.__name__, exc_info=True)
        return False


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()


def broker():
    with app.connection_for_write(connect_timeout=WAIT_SECONDS) as link:
        return link.ensure_connection(max_retries=1, timeout=WAIT_SECONDS).connected


def worker():
    return app.control.ping(timeout=WAIT_SECONDS, limit=1)


QUESTIONS = {"database": database, "broker": broker, "worker": worker}
