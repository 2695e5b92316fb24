"""The rows of stories that are not saved yet, and saving those of many stories at once."""

from collections import defaultdict
from contextlib import contextmanager

from django.db import connection
from django.utils.functional import cached_property

from communities.actions.audit import audit_row
from communities.actions.people import guest_teller_row
from communities.models import Act, AuditEntry, Teller

from . import actions
from .api.sent import Reader
from .models import Consent, Link, Step, Story, TellerMerge, Touch, Words
from .search import words_of
from .trail import clean_row

MOST_ROWS = 2_000
# Rows of a table that is as good as empty.
FEW = 100


class New:
    """A story that goes through its acts in memory. `versions`: its (version, status) after each; they are
    all that changes of what history keeps."""

    def __init__(self, story, number, *, is_told_elsewhere):
        self.story, self.number = story, number
        self.is_told_elsewhere = is_told_elsewhere
        self.steps, self.touches, self.links, self.consents = [], [], [], []
        clean_row(story)
        self.versions = [(story.version, story.status)]

    def begin(self, steps, touches, links):
        """Its first version, with its trail."""
        self.steps, self.touches, self.links = steps, touches, links
        self.story.version = 1
        self.keep(None)

    @contextmanager
    def version(self, story, by):
        """As `actions.next_version`."""
        agreed = actions.agreed_to(story)
        yield
        story.version += 1
        story.changed_by = by
        clean_row(story)
        self.keep(agreed)

    def keep(self, agreed):
        self.versions.append((self.story.version, self.story.status))
        if consent := actions.consent_row(self.story, agreed):
            self.consents.append(consent)

    def words(self):
        steps = [one for one in self.steps if one.is_counted]
        links = [one for one in self.links if one.is_counted]
        return Words(story=self.story, **words_of(self.story, steps, links))

    def make_unsaved(self):
        """After its batch was refused."""
        self.story.pk, self.story._state.adding = None, True


def write(new, by):
    """Saves them. IntegrityError where the database refuses one of them."""
    for one in new:
        one.story.version, one.story.status = one.versions[0]
    Story.objects.bulk_create([one.story for one in new])
    for model, name in ((Step, "steps"), (Touch, "touches"), (Link, "links")):
        rows = [row for one in new for row in getattr(one, name)]
        model.objects.bulk_create(rows, batch_size=MOST_ROWS)
    Consent.objects.bulk_create([row for one in new for row in one.consents])
    write_versions(new)
    Words.objects.bulk_create([one.words() for one in new])
    elsewhere = [one.story for one in new if one.is_told_elsewhere]
    AuditEntry.objects.bulk_create(
        [audit_row(one.community, Act.TELL_ELSEWHERE, one, by=by) for one in elsewhere]
    )


def note_sizes():
    """Has the database look at the tables that it believes to be empty: until then it does not look up
    their rows by the index that is made for it."""
    with connection.cursor() as cursor:
        for model in (Story, Step, Touch, Link):
            table = model._meta.db_table
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
            if 0 <= cursor.fetchone()[0] < FEW:
                cursor.execute(f"ANALYZE {table}")


def write_versions(new):
    """Each by a statement of its own, so that history has them all."""
    for place in range(1, max((len(one.versions) for one in new), default=0)):
        groups = defaultdict(list)
        for one in new:
            if len(one.versions) > place:
                groups[one.versions[place]].append(one.story)
                one.story.version, one.story.status = one.versions[place]
        for (version, status), stories in groups.items():
            pks = [story.pk for story in stories]
            Story.objects.filter(pk__in=pks).update(version=version, status=status)


class ManyReader(Reader):
    """New tellers are saved with the batch that needs them."""

    def __init__(self, community):
        super().__init__(community)
        self.new_tellers = []

    def add_teller(self, name, email):
        teller = guest_teller_row(community=self.community, name=name, email=email)
        clean_row(teller)
        self.new_tellers.append(teller)
        return teller

    @cached_property
    def matched(self):
        """The stories whose teller was found to be somebody else here."""
        merges = TellerMerge.objects.filter(community=self.community, undone_at=None)
        return {pk for pks in merges.values_list("stories", flat=True) for pk in pks}

    def is_matched(self, story):
        return story.pk in self.matched

    def teller_again(self, sent, story):
        """Whose story it is, as a later line says it. Somebody whom nobody knows stays the same one."""
        if sent is None and story.teller.kind == Teller.Kind.UNKNOWN:
            return story.teller
        return self.teller(sent)

    def save_tellers(self):
        Teller.objects.bulk_create(self.new_tellers)
        self.new_tellers = []
