"""`import_stories SLUG FILE.jsonl [--by EMAIL] [--check]`: brings in stories, one a line, all or nothing."""

import os
import stat
import sys
import time
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from communities.fields import clean_email
from communities.models import Community
from stories.importing import Busy, bring
from stories.importing_lines import lines_of
from stories.letters import facilitators_of


class Command(BaseCommand):
    help = (
        "Brings in stories from a file, each line the JSON document of a story (NewStory of the API)"
        " with an external_id. A line that is wrong anywhere, and nothing is brought in. Run again, what"
        " is the same changes nothing, and what changed is revised. Nobody is mailed."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the community's short name in addresses")
        parser.add_argument("file", help="a file in UTF-8, or - for standard input")
        parser.add_argument(
            "--by",
            metavar="EMAIL",
            help="the facilitator in whose name it is done; the only one there is, without it",
        )
        parser.add_argument("--check", action="store_true", help="validate only; nothing changes")

    def handle(self, *, slug, file, by, check, verbosity, **options):
        community = Community.objects.filter(slug=slug).first()
        if not community:
            raise CommandError(f"There is no community “{slug}”.")
        by = facilitator(community, by)
        with opened(file) as source:
            lines = lines_of(source)
            progress = Progress(self.stderr, source, verbosity)
            try:
                importing = bring(community, by, progress.of(lines), only_check=check)
            except Busy:
                raise CommandError(f"Another import into “{slug}” is at work.") from None
            except IntegrityError as error:
                raise CommandError(
                    f"Something that the stories point at was changed meanwhile, so nothing was"
                    f" brought in. Run it again. ({error})"
                ) from error
            except OSError as error:
                raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        self.report(importing, check)

    def report(self, importing, check):
        for sentence in importing.faults.sentences():
            self.stderr.write(sentence)
        counts = importing.counts
        if importing.faults.count:
            raise CommandError(f"{counts['read']:,} read; nothing was brought in.", returncode=1)
        found = [("new", "new"), ("changed", "changed"), ("unchanged", "unchanged")]
        found += [("withdrawn", "withdrawn since")]
        said = ", ".join(f"{counts[key]:,} {words}" for key, words in found)
        end = " Nothing was changed: this was a check." if check else ""
        self.stdout.write(f"{counts['read']:,} read: {said}.{end}")


def facilitator(community, email):
    """Whoever this is, if they look after the community; without an address the only one who does."""
    found = [membership.user for membership in facilitators_of(community)]
    if email:
        found = [user for user in found if user.email == clean_email(email)]
        if not found:
            raise CommandError(f"{email} is no facilitator of “{community.slug}”.")
    if len(found) != 1:
        words = "more than one facilitator" if found else "no facilitator"
        raise CommandError(f"“{community.slug}” has {words}. Say in whose name: --by EMAIL.")
    return found[0]


def opened(file):
    if file == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise CommandError(f"{file} can't be read: {error.strerror}.") from error


class Progress:
    """On a terminal a bar, elsewhere now and then a line; nothing where little is to be said."""

    EVERY = 5_000
    SECONDS = 0.2
    WIDTH = 30

    def __init__(self, stderr, source, verbosity):
        self.stderr, self.is_quiet = stderr, not verbosity
        self.is_bar = stderr.isatty()
        self.size = size_of(source)
        self.bytes = self.count = self.shown_at = 0

    def of(self, lines):
        """The same lines, while it shows how many there were."""
        for number, line in lines:
            yield number, line
            self.count += 1
            self.bytes += len(line)
            self.show()
        self.end()

    def show(self):
        if self.is_quiet:
            return
        if self.is_bar and time.monotonic() - self.shown_at > self.SECONDS:
            self.shown_at = time.monotonic()
            self.stderr.write(f"\r{self.bar()}{self.count:,} lines", ending="")
            self.stderr.flush()
        elif not self.is_bar and self.count % self.EVERY == 0:
            self.stderr.write(f"{self.count:,} lines read")

    def bar(self):
        """Empty where nobody knows how many are to come."""
        if not self.size:
            return ""
        part = min(self.bytes / self.size, 1)
        done = round(part * self.WIDTH)
        return f"[{'#' * done}{'.' * (self.WIDTH - done)}] {part:4.0%} "

    def end(self):
        if self.is_bar and not self.is_quiet:
            self.stderr.write(f"\r{self.bar()}{self.count:,} lines, being stored")


def size_of(source):
    """In bytes; None of a pipe."""
    try:
        about = os.fstat(source.fileno())
    except (OSError, ValueError):
        return None
    return about.st_size if stat.S_ISREG(about.st_mode) else None
