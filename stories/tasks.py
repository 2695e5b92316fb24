"""Jobs of stories."""

from celery import shared_task

from .purge import purge


@shared_task(expires=3600)
def purge_withdrawn():
    purge()
