"""What the worker does with mail, and with what is over."""

from celery import shared_task

from . import mail
from .api.once import forget_keys as forget


@shared_task
def deliver(pk):
    mail.deliver(pk)


@shared_task
def sweep_mail():
    mail.sweep()


@shared_task
def forget_keys():
    forget()
