"""Brings many stories in, each a document as the API takes it, all or nothing and as often as one likes.

What is refused and what the rows are is asked of the functions that tell one story. Here they are only
written by the batch: a story goes through its acts in memory first.
"""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError as Refused

from communities.api.documents import REQUIRED
from communities.fields import normalise
from communities.signals import tell
from communities.viewer import Viewer

from . import actions
from .api.creating import Way, fields_of, way_of
from .api.documents import NewStory
from .elsewhere import as_told_elsewhere, as_written_down
from .importing_lines import BATCH, Faults, Line, batches, parsed
from .importing_rows import ManyReader, New, note_sizes, write
from .models import Status, Story
from .trail import hold_touches, store_trail, trail_rows

# Names the lock of a community's import among all advisory locks of the database.
IMPORTS = 7003
# With more changes the matrix is added up as a whole, which is quicker than story by story.
MOST_TOLD = 3_000
ORDER = [Status.DRAFT, Status.SUBMITTED, Status.PUBLISHED]
# What a line says of the story itself. It is the whole document: what is left out is as in a new story.
NOTHING_SAID = {
    name: Story._meta.get_field(name).get_default()
    for name in [
        *("title", "template", "language", "happened_from", "happened_to", "told_where", "told_on"),
        *("minutes_teller", "minutes_elicitor", "minutes_recorder", "elicitor", "recorder"),
        *("audience", "attribution", "pseudonym", "quotable"),
    ]
}
# What stays as readers see it, besides whose it is, once its teller was found to be somebody else here.
OF_TELLER = {"attribution", "pseudonym"}


class Busy(Exception):
    """Another import into this community is at work."""


def bring(community, by, lines, *, only_check=False):
    """The Import of `lines`: pairs of a line's number and its bytes. Nothing has changed where it has
    faults, or it `only_check`s."""
    with transaction.atomic():
        hold(community)
        prepare_for_many()
        # Read after this, indicators stay what they are until the end.
        hold_touches(community)
        importing = Import(community, by)
        for place, batch in enumerate(batches(lines)):
            importing.take(batch)
            if not place and len(batch) == BATCH:
                note_sizes()
        if only_check or importing.faults.count:
            transaction.set_rollback(True)
        else:
            importing.tell()
    return importing


def hold(community):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (IMPORTS, community.pk))
        if not cursor.fetchone()[0]:
            raise Busy


def prepare_for_many():
    """Until the transaction ends. Foreign keys are looked at with each statement: what waits for the end
    is gone through again at each savepoint's. And the triggers that write history find what they look
    for, that none of them is switched off: each miss would be a savepoint rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


class Import:
    """`counts`: of lines read, and of what became of them."""

    def __init__(self, community, by):
        self.community, self.by = community, by
        self.viewer = Viewer.of(by, community)
        self.reader = ManyReader(community)
        # Made once: its fields take as long as a document.
        self.document = NewStory()
        self.faults = Faults()
        self.counts = Counter()
        # external_id → the line that it is in.
        self.lines = {}
        self.added, self.narrowed = [], []

    def take(self, batch):
        lines = [line for number, raw in batch if (line := self.line(number, raw))]
        self.counts["read"] += len(batch)
        stored = self.stored(lines)
        new = []
        for line in lines:
            story = stored.get(line.external_id)
            if story and story.status == Status.WITHDRAWN:
                self.counts["withdrawn"] += 1
            elif story and story.external_hash == line.hash:
                self.counts["unchanged"] += 1
            else:
                with self.faults.of(line.number):
                    sent = self.checked(line.data)
                    if story:
                        with transaction.atomic():
                            self.change(story, sent, line)
                    else:
                        new.append(self.new(sent, line))
        self.save(new)

    def line(self, number, raw):
        with self.faults.of(number):
            data = parsed(raw)
            name = self.document.fields["external_id"]
            try:
                external_id = normalise(name.run_validation(data.get("external_id", "")))
            except Refused as error:
                raise Refused({"external_id": error.detail}) from None
            if not external_id:
                raise ValidationError({"external_id": str(REQUIRED)})
            if external_id in self.lines:
                words = _("“%(id)s” is in line %(line)d already.")
                said = {"id": external_id, "line": self.lines[external_id]}
                raise ValidationError({"external_id": words % said})
            self.lines[external_id] = number
            return Line(number, data, external_id)

    def checked(self, data):
        """As the API does, but that a teller who is not named is not who imports."""
        sent = self.document.run_validation(data)
        if "teller" not in sent:
            words = _("Say whose story it is: a person's number, a guest, or null if nobody knows.")
            raise ValidationError({"teller": words})
        return sent

    def stored(self, lines):
        """external_id → the story as it stands; those that differ are locked and whole."""
        hashes = {line.external_id: line.hash for line in lines}
        stories = self.community.stories.filter(external_id__in=hashes)
        found, differ = {}, []
        for story in stories.only("external_id", "external_hash", "status"):
            if story.external_hash == hashes[story.external_id]:
                found[story.external_id] = story
            else:
                differ.append(story.pk)
        if differ:
            locked = stories.select_for_update(of=("self",)).with_people().filter(pk__in=differ)
            found |= {story.external_id: story for story in locked.order_by("pk")}
        return found

    def draft_of(self, sent):
        """(how it comes in, how far it goes, what its draft is made with besides its teller)."""
        way, status = way_of(self.viewer, sent)
        fields = fields_of(way, self.viewer, sent, self.reader)
        if way == Way.ELSEWHERE:
            fields = as_told_elsewhere(self.community, self.by, **fields)
        return way, status, fields

    def new(self, sent, line):
        """A story with its rows after all its acts, not saved."""
        way, status, fields = self.draft_of(sent)
        steps, links = self.reader.trail(sent)
        teller = self.reader.teller(sent["teller"])
        if way == Way.WRITTEN_DOWN:
            fields = as_written_down(teller, self.by, **fields)
        told = fields.pop("told", True)
        fields |= {"community": self.community, "teller": teller, "external_hash": line.hash}
        story = actions.draft(by=self.by, told=told, **fields)
        new = New(story, line.number, is_told_elsewhere=way == Way.ELSEWHERE)
        new.begin(*trail_rows(story, steps, links, by=self.by, told=told))
        self.go_on(story, way, status, sent, new.version, new.steps)
        story.external_version = story.version
        return new

    def go_on(self, story, way, status, sent, version, steps=None):
        """The acts that bring a draft, or a story that was one, to its status. `version`: a context for
        each of them."""
        others = sent.get("others", "")
        if story.status == Status.DRAFT and status != Status.DRAFT:
            if way == Way.ELSEWHERE:
                with version(story, self.by):
                    actions.hand_in(story, steps)
            else:
                actions.require_answer(others)
                with version(story, self.by):
                    actions.put_submitted(story, others, steps)
        if status == Status.PUBLISHED and not story.is_counted:
            actions.require_answer(others)
            with version(story, self.by):
                actions.put_published(story, self.by, others)

    def save(self, new):
        self.reader.save_tellers()
        try:
            with transaction.atomic():
                write(new, self.by)
        except IntegrityError as error:
            return self.find_refused(new, error)
        self.counts["new"] += len(new)
        self.added += [one.story.pk for one in new if one.story.is_counted]

    def find_refused(self, new, error):
        """Which of them the database refused, asked one by one."""
        before = self.faults.count
        for one in new:
            one.make_unsaved()
            with self.faults.of(one.number):
                one.story.validate_constraints(exclude=["teller"])
        if self.faults.count == before:
            words = _("This line, or one that follows it, can't be stored: %s")
            self.faults.add(new[0].number, "", words % error)

    def change(self, story, sent, line):
        """The line's words in place of those that it brought last time."""
        require_as_brought(story)
        way, status, fields = self.draft_of(sent)
        if way == Way.WRITTEN_DOWN:
            fields = as_written_down(story.teller, self.by, **fields)
        require_same_way(story, way)
        require_no_way_back(story, status, sent)
        steps, links = self.reader.trail(sent)
        told = fields.pop("told", True)
        fields = NOTHING_SAID | {name: fields[name] for name in fields if name in NOTHING_SAID}
        if self.reader.is_matched(story):
            fields = {name: value for name, value in fields.items() if name not in OF_TELLER}
        else:
            fields["teller"] = self.reader.teller_again(sent["teller"], story)
            self.reader.save_tellers()
        for written, row in zip(steps, story.steps.all(), strict=False):
            written.step = row
        counted = story.is_counted
        with actions.next_version(story, self.by):
            put(story, fields, told)
            answer_again(story, sent)
            store_trail(story, steps, links, by=self.by, told=told)
            if story.status != Status.DRAFT:
                actions.require_complete(story)
        self.go_on(story, way, status, sent, actions.next_version)
        story.external_hash, story.external_version = line.hash, story.version
        story.save(update_fields=["external_hash", "external_version"])
        self.counts["changed"] += 1
        if counted:
            self.narrowed.append(story.pk)
        elif story.is_counted:
            self.added.append(story.pk)

    def tell(self):
        """The matrix, once."""
        if self.narrowed:
            tell(self.community, self.narrowed, narrows=True)
        if len(self.added) > MOST_TOLD:
            tell(self.community, None)
        elif self.added:
            tell(self.community, self.added)


def require_as_brought(story):
    if not story.external_hash:
        words = _("A story with this external_id is here that no import brought.")
    elif story.version != story.external_version:
        words = _("The story was changed here since it was brought in, so it is left as it is.")
    else:
        return
    raise ValidationError({"external_id": words})


def require_same_way(story, way):
    """As it stands it was changed last by whoever brought it in."""
    if story.told_where:
        before = Way.ELSEWHERE
    elif story.teller.user_id and story.teller.user_id == story.changed_by_id:
        before = Way.OWN
    else:
        before = Way.WRITTEN_DOWN
    if way != before:
        words = _("Whether its teller told it, here or elsewhere, can't be changed any more.")
        raise ValidationError({"told": words})


def require_no_way_back(story, status, sent):
    at_once = status == Status.SUBMITTED and story.community.publishes_at_once
    if "status" in sent and not at_once and ORDER.index(status) < ORDER.index(story.status):
        words = _("The story is “%s” here already; an import takes nothing back.")
        raise ValidationError({"status": words % story.status})


def put(story, fields, told):
    before = actions.terms(story)
    for name, value in fields.items():
        setattr(story, name, value)
    if told and (actions.terms(story) != before or not story.consented_at):
        actions.consent(story)


def answer_again(story, sent):
    """What was said of the people in it, was said of its former words."""
    for name in ("others", "others_reviewed"):
        if getattr(story, name):
            actions.require_answer(sent.get("others", ""))
            setattr(story, name, sent["others"])
