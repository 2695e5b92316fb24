"""The Celery application. The database is the truth; the queue only makes things happen sooner."""

import os

import kombu
from celery import Celery
from celery.app.amqp import AMQP

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valuecreation.settings")


class Connection(kombu.Connection):
    def maybe_close_channel(self, channel):
        """Ignores one error more. Kombu 5.7 gives unfinished tasks back when it closes a channel; of
        a connection that was lost it has forgotten the address by then, and its AttributeError ended
        the whole worker. Such a task comes back by itself, for it was never acknowledged."""
        try:
            super().maybe_close_channel(channel)
        except AttributeError:
            pass


class Patient(AMQP):
    Connection = Connection


app = Celery("valuecreation", amqp=Patient)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
