"""I heard a story: noted about somebody who does not know of it yet, for facilitators alone, until
its teller is reached or sixty days are over."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from communities.actions import add_guest_teller
from communities.models import Teller
from communities.permissions import Audience

from . import actions
from .models import Story


@transaction.atomic
def note_heard(*, community, by, title, name, email, step):
    """A stub; its words are proposed until its teller says that they are so."""
    teller = add_guest_teller(community=community, name=name, email=email)
    return actions.tell(
        community=community,
        teller=teller,
        by=by,
        steps=[step],
        told=False,
        title=title,
        language=community.language,
        audience=Audience.FACILITATORS,
        recorder=by,
        is_stub=True,
    )


@transaction.atomic
def forget(*, story):
    """Nothing of it stays: nobody whom it is about has agreed to anything."""
    story = Story.objects.select_for_update(of=("self",)).filter(pk=story.pk, is_stub=True).first()
    if not story:
        return
    teller = story.teller
    story.delete()
    untold = Teller.objects.filter(pk=teller.pk, kind=Teller.Kind.GUEST, stories=None)
    untold.filter(merged=None, merged_into=None).delete()


def purge_stubs():
    """Those whose teller was not reached in time."""
    over = Story.objects.filter(
        is_stub=True, created_at__lte=timezone.now() - timedelta(days=Story.STUB_DAYS)
    )
    stubs = list(over)
    for story in stubs:
        forget(story=story)
    return len(stubs)
