"""Making a community: its row and the cycles of the scheme it chose."""

from django.db import transaction
from django.utils import translation

from valuecreation.framework import SCHEMES

from ..models import Act, Community, Cycle
from ..permissions import Role
from ..signals import tell
from .audit import record
from .people import add_member


@transaction.atomic
def found_community(*, slug, name, scheme, by=None, **fields):
    """A community with the cycles of the scheme as its own rows; `by` becomes its facilitator."""
    community = Community(slug=slug, name=name, scheme=scheme, **fields)
    community.full_clean()
    community.save()
    adopt_scheme(community, SCHEMES[scheme])
    record(community, Act.FOUND, community, by=by)
    if by:
        add_member(community=community, user=by, roles=[Role.FACILITATOR, Role.MEMBER], by=by)
    tell(community, None)
    return community


@transaction.atomic
def change_community(*, community, by, cycles=(), **fields):
    """Its name, purpose, language, time zone, whether its page is public and its stories are published
    at once; of `cycles`, triples of a cycle, its name and its question, the words."""
    was_public = community.is_public
    for name, value in fields.items():
        setattr(community, name, value)
    community.full_clean()
    community.save()
    for cycle, name, question in cycles:
        cycle.name, cycle.question = name, question
        cycle.full_clean(exclude=["position"])
        cycle.save(update_fields=["name", "question"])
    act = Act.CHANGE_COMMUNITY
    if was_public != community.is_public:
        act = Act.OPEN_PAGE if community.is_public else Act.CLOSE_PAGE
    record(community, act, community, by=by)
    tell(community, ())
    return community


def adopt_scheme(community, scheme):
    """The scheme's cycles as ordinary rows, in the community's language."""
    with translation.override(community.language):
        Cycle.objects.bulk_create(
            Cycle(
                community=community,
                key=preset.key,
                name=str(preset.name),
                question=str(preset.question),
                kind=preset.kind,
                position=position,
                colour=preset.colour,
                shape=preset.shape,
                has_capitals=preset.has_capitals,
            )
            for position, preset in enumerate(scheme.cycles, start=1)
        )
