"""Closes somebody's account from the shell, at their next request."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from communities.actions import deactivate
from communities.fields import clean_email
from communities.models import User


class Command(BaseCommand):
    help = "Closes an account. Every community keeps an active facilitator."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        user = User.objects.filter(email=clean_email(email)).first()
        if not user:
            raise CommandError(f"There is no account of {email}.")
        try:
            deactivate(user=user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.email} is closed.")
