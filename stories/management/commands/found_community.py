"""Founds a community from the shell."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from communities.actions import add_person
from stories.founding import EXAMPLES, found
from valuecreation.framework import SCHEMES, STARTER_INDICATORS


class Command(BaseCommand):
    help = "Founds a community, as its founding page does."

    def add_arguments(self, parser):
        parser.add_argument("name", help="what it is called")
        parser.add_argument(
            "--slug", default="", help="short name in addresses; made from the name"
        )
        parser.add_argument("--purpose", default="")
        parser.add_argument("--language", default="en")
        parser.add_argument("--time-zone", default="UTC")
        parser.add_argument("--scheme", default="2011", choices=sorted(SCHEMES))
        parser.add_argument("--starter", nargs="*", default=[], metavar="CODE")
        parser.add_argument("--example", default="", choices=["", *EXAMPLES])
        parser.add_argument("--facilitator", metavar="EMAIL", help="who looks after it")
        parser.add_argument("--facilitator-name", default="", metavar="NAME")

    def handle(self, *, facilitator, facilitator_name, starter, **options):
        known = {preset.code: preset for preset in STARTER_INDICATORS}
        if unknown := sorted(set(starter) - known.keys()):
            raise CommandError(f"There is no starter indicator {', '.join(unknown)}.")
        names = ("name", "slug", "purpose", "language", "time_zone", "scheme", "example")
        try:
            by = facilitator and add_person(
                email=facilitator, name=facilitator_name or _("New member")
            )
            community = found(
                by=by or None,
                presets=[known[code] for code in starter],
                **{name: options[name] for name in names},
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{community.slug}")
