"""`load_example`: the example community, and how to enter it. For a demo only."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stories.examples.load import PASSWORD, entrances, load
from stories.examples.primary_care import PRIMARY_CARE


class Command(BaseCommand):
    help = "Loads the example community where it is not there yet, and says how to enter it."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError(
                "The example's passwords are known to everybody: it is loaded with DEMO=1 only."
            )
        load(PRIMARY_CARE)
        for role, person in entrances(PRIMARY_CARE).items():
            self.stdout.write(f"Enter as {role.value}: {person.email}, password: {PASSWORD}")
        self.stdout.write("The first page has a button for each of them; no typing needed.")
