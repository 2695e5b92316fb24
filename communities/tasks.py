"""What the worker does with mail."""

from celery import shared_task

from . import mail


@shared_task
def deliver(pk):
    mail.deliver(pk)


@shared_task
def sweep_mail():
    mail.sweep()
