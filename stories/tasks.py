"""Jobs of stories."""

from celery import shared_task

from . import purge as purging


@shared_task(expires=3600)
def purge():
    purging.purge()
