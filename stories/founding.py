"""Founding a community with something to begin from: starter indicators, or an emptied example."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from communities import actions as communities
from communities.models import Community
from indicators.actions import adopt
from valuecreation.framework import SCHEMES

from .examples.amr_genomics import AMR_GENOMICS
from .examples.load import propose
from .examples.primary_care import PRIMARY_CARE

# Those that hold something to begin from.
EXAMPLES = {example.slug: example for example in (PRIMARY_CARE, AMR_GENOMICS)}
SLUG_LENGTH = Community._meta.get_field("slug").max_length


@transaction.atomic
def found(*, name, scheme, by=None, slug="", presets=(), example="", **fields):
    """A community with the starter indicators `presets`; or with the groups and indicators of an
    example, without its people, stories and numbers. `by` looks after it."""
    if example:
        scheme = EXAMPLES[example].scheme
    refuse_what_does_not_fit(presets, SCHEMES[scheme])
    community = communities.found_community(
        slug=slug or free_slug(name), name=name, scheme=scheme, by=by, **fields
    )
    for preset in presets:
        adopt(community=community, by=by, preset=preset)
    if example:
        empty_copy(EXAMPLES[example], community, by)
    return community


def empty_copy(example, community, by):
    for group in example.groups:
        communities.add_group(community=community, name=group.name, axis=group.axis, by=by)
    cycles = {cycle.key: cycle for cycle in community.cycles.all()}
    for indicator in example.indicators:
        propose(indicator, community, by, cycles[indicator.cycle])


def refuse_what_does_not_fit(presets, scheme):
    cycles = {cycle.key for cycle in scheme.cycles}
    foreign = [str(preset.name) for preset in presets if preset.cycle not in cycles]
    if foreign:
        raise ValidationError(
            {
                "presets": _("%(scheme)s: there is no place for %(names)s.")
                % {"scheme": scheme.name, "names": ", ".join(f"“{name}”" for name in foreign)}
            }
        )


def free_slug(name):
    """A short name for addresses; of a name in another script nothing is left but a number."""
    wanted = slugify(name)[: SLUG_LENGTH - 5].strip("-") or f"community-{secrets.token_hex(2)}"
    taken = set(Community.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
