"""Makes a token for programs from the shell, and prints its secret."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from communities.actions import make_token
from communities.actions.tokens import MOST_TOKEN_DAYS, TOKEN_DAYS
from communities.fields import clean_email
from communities.models import Community, User
from communities.permissions import Scope


class Command(BaseCommand):
    help = "Makes a new token of a person's and prints it. It is shown this once."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="script/manage", help="what it is for")
        parser.add_argument("--scope", choices=Scope.values, default=Scope.FACILITATE)
        parser.add_argument(
            "--community", action="append", default=[], metavar="SLUG", dest="slugs"
        )
        parser.add_argument("--days", type=int, default=TOKEN_DAYS)

    def handle(self, *, email, name, scope, slugs, days, **options):
        user = User.objects.filter(email=clean_email(email), is_active=True).first()
        if not user:
            raise CommandError(f"There is no account of {email}.")
        if not 1 <= days <= MOST_TOKEN_DAYS:
            raise CommandError(f"--days: 1 to {MOST_TOKEN_DAYS}.")
        communities = list(Community.objects.filter(slug__in=slugs))
        if unknown := set(slugs) - {one.slug for one in communities}:
            raise CommandError(f"There is no community {', '.join(sorted(unknown))}.")
        try:
            _token, secret = make_token(
                user=user, name=name, scope=scope, communities=communities, days=days
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(secret)
