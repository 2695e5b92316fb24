"""`load_example`: the example communities, and how to enter them. For a demo only."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stories.examples.amr_genomics import AMR_GENOMICS
from stories.examples.load import PASSWORD, entrances, load
from stories.examples.new_community import NEW_COMMUNITY
from stories.examples.primary_care import PRIMARY_CARE

# The same three people can enter each of them.
EXAMPLES = (PRIMARY_CARE, AMR_GENOMICS, NEW_COMMUNITY)


class Command(BaseCommand):
    help = "Loads the example communities that are not there yet, and says how to enter them."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError(
                "The examples’ passwords are known to everybody: they are loaded with DEMO=1 only."
            )
        for example in EXAMPLES:
            load(example)
        for role, person in entrances(PRIMARY_CARE).items():
            self.stdout.write(f"Enter as {role.value}: {person.email}, password: {PASSWORD}")
        self.stdout.write("The first page has a button for each of them; no typing needed.")
