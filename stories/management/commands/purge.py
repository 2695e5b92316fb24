"""Purges what is over: withdrawn stories, answered concerns, stubs; beat does so every hour."""

from django.core.management.base import BaseCommand

from stories.purge import purge


class Command(BaseCommand):
    help = "Takes out the words of withdrawn stories whose time is over, and stubs."

    def handle(self, **options):
        self.stdout.write(f"{purge()} stories purged.")
