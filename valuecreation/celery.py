"""The Celery application. The database is the truth; the queue only makes things happen sooner."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valuecreation.settings")

app = Celery("valuecreation")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
