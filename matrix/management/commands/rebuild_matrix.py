"""`rebuild_matrix [SLUG] [--check]`: store the matrix anew, or compare it with what it should be."""

from django.core.management.base import BaseCommand, CommandError

from communities.models import Community
from matrix import sync


class Command(BaseCommand):
    help = "Recomputes and stores the matrix of one community or all, or compares with --check."

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="?", help="one community; all without it")
        parser.add_argument(
            "--check", action="store_true", help="compare only; exit status 1 on a difference"
        )

    def handle(self, *, slug, check, **options):
        communities = Community.objects.all()
        if slug:
            communities = communities.filter(slug=slug)
            if not communities:
                raise CommandError(f"There is no community “{slug}”.")
        wrong = [community.slug for community in communities if not self.treat(community, check)]
        if wrong:
            raise CommandError(f"Stored and recomputed differ: {', '.join(wrong)}.", returncode=1)

    def treat(self, community, check):
        if not check:
            sync.rebuild(community)
            self.stdout.write(f"{community.slug}: rebuilt")
            return True
        different = sync.check(community)
        for key in different:
            self.stderr.write(f"{community.slug}: (audience, u, v, cycle) = {key} differs")
        if not different:
            self.stdout.write(f"{community.slug}: stored = recomputed")
        return not different
