"""Adds somebody to a community from the shell; gives them further roles where they are in it."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from communities.actions import add_member, add_person, change_member
from communities.models import Community
from communities.permissions import Role


class Command(BaseCommand):
    help = "Adds a person to a community; the account is made where there is none."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the community's short name in addresses")
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="needed for a new account")
        parser.add_argument("--role", action="append", choices=Role.values, dest="roles")

    def handle(self, *, slug, email, name, roles, **options):
        community = Community.objects.filter(slug=slug).first()
        if not community:
            raise CommandError(f"There is no community {slug}.")
        try:
            with transaction.atomic():
                add(community, add_person(email=email, name=name), roles or [Role.MEMBER])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{email} is in {slug}: {', '.join(roles or [Role.MEMBER])}")


def add(community, user, roles):
    if membership := community.memberships.filter(user=user).first():
        group = membership.stakeholder_group
        roles = [*membership.roles, *roles]
        return change_member(membership=membership, roles=roles, stakeholder_group=group, by=None)
    return add_member(community=community, user=user, roles=roles)
