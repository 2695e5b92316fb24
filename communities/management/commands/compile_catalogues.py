"""`compile_catalogues`: makes the translations ready for use; no gettext is needed for it."""

from django.core.management.base import BaseCommand

from valuecreation import catalogues


class Command(BaseCommand):
    help = (
        "Compiles the catalogues of translations; with --update, brings them to what the code says."
    )

    def add_arguments(self, parser):
        parser.add_argument("--update", action="store_true")

    def handle(self, *, update, **options):
        if update:
            for language in catalogues.languages():
                catalogues.update(language)
        catalogues.compile_all()
