"""`rebuild_matrix [SLUG] [--check | --state]`: store the matrix anew, compare it with what it should
be, or say how it stands with it, a line of JSON a community."""

import json

from django.core.management.base import BaseCommand, CommandError

from communities.models import Community
from matrix import sync
from matrix.api.documents import UpkeepDocument
from matrix.upkeep import upkeep_of


class Command(BaseCommand):
    help = "Recomputes and stores the matrix of one community or all, or compares with --check."

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="?", help="one community; all without it")
        parser.add_argument(
            "--check", action="store_true", help="compare only; exit status 1 on a difference"
        )

        parser.add_argument(
            "--state", action="store_true", help="say how it stands; nothing is added up"
        )

    def handle(self, *, slug, check, state, **options):
        communities = Community.objects.all()
        if slug:
            communities = communities.filter(slug=slug)
            if not communities:
                raise CommandError(f"There is no community “{slug}”.")
        if state:
            for community in communities:
                found = {"community": community.slug} | UpkeepDocument(upkeep_of(community)).data
                self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
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
