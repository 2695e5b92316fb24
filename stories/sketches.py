"""Sketches: kept while somebody types, read back into the form, gone when the story is saved."""

import uuid

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from communities.fields import normalise

from .models import Sketch

# What belongs to the page and not to the story.
NOT_KEPT = {
    "csrfmiddlewaretoken",
    "sketch",
    "tab",
    "turn",
    "save",
    "submit",
    "add",
    "arrange",
    "files",
    "attach",
    "take_out_file",
    "restore",
}
# Nobody writes more stories at once; a page gone wrong might.
MOST = 50


class Overtaken(Exception):
    """Another page wrote to the same sketch meanwhile; `sketch` is as it stands."""

    def __init__(self, sketch):
        super().__init__()
        self.sketch = sketch


def sketch_of(community, user, key):
    """None for what is no key as well."""
    own = Sketch.objects.filter(community=community, user=user).select_related("story")
    return own.filter(key=key).first() if is_key(key) else None


def begun(community, user):
    """What was typed of stories that were never saved."""
    return Sketch.objects.filter(community=community, user=user, story=None)


def is_key(text):
    try:
        uuid.UUID(str(text))
    except ValueError:
        return False
    return True


@transaction.atomic
def keep(*, community, user, sent, version, tab="", turn=0):
    """What was typed (`sent`, a QueryDict), as it is. `version`: of the sketch that this page knows.
    A page that wrote last may write again; what it sent earlier and arrives later is left out.

    Raises Overtaken where another page has written since; ValueError without a form's key."""
    if not is_key(key := sent.get("key")):
        raise ValueError("The form has no key.")
    fields = {name: list(map(clean, sent.getlist(name))) for name in sent if name not in NOT_KEPT}
    own = Sketch.objects.filter(community=community, user=user)
    if own.count() >= MOST and not own.filter(key=key).exists():
        raise ValueError("There are too many unsaved stories.")
    sketch, is_new = Sketch.objects.select_for_update(of=("self",)).get_or_create(
        community=community,
        user=user,
        key=key,
        defaults={
            "fields": fields,
            "tab": tab,
            "turn": turn,
            # Called only where a row is made.
            "story": lambda: story_of(community, user, key),
        },
    )
    if is_new:
        return sketch
    is_same_page = bool(tab) and sketch.tab == tab
    if is_same_page and turn <= sketch.turn:
        return sketch
    if not is_same_page and sketch.version != version:
        raise Overtaken(sketch)
    sketch.fields, sketch.tab, sketch.turn = fields, tab, turn
    sketch.version += 1
    sketch.saved_at = timezone.now()
    sketch.save()
    return sketch


def clean(value):
    """JSON in PostgreSQL holds no NUL; the form refuses it when the story is saved."""
    return normalise(value.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def story_of(community, user, key):
    """The story that was made of this form, if it was saved before."""
    own = community.stories.told_by(user).with_trail()
    return own.filter(key=key).first() if is_key(key) else None


def typed(sketch):
    """As the form takes it."""
    data = QueryDict(mutable=True)
    for name, values in sketch.fields.items():
        data.setlist(name, values)
    return data


def settle(*, community, user, key, version, tab=""):
    """The story is saved by the page that knows this version: what it typed is in the story. What
    another page has typed since stays."""
    own = Q(version=version) | Q(tab=tab) if tab else Q(version=version)
    Sketch.objects.filter(own, community=community, user=user, key=key).delete()
