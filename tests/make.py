"""Plain factories: `make_*` goes through the product's own actions."""

import itertools

from django.core.files.base import ContentFile

from communities import actions as communities
from communities.permissions import Audience, Role
from indicators import actions as indicators
from stories import actions as stories
from stories.stubs import note_heard
from stories.trail import WrittenLink, WrittenStep

numbers = itertools.count(1)


def make_user(name=None, **fields):
    number = next(numbers)
    name = name or f"Person {number}"
    return communities.add_person(email=f"person{number}@example.org", name=name, **fields)


def make_community(name="Wound care circle", slug=None, scheme="2011", **fields):
    slug = slug or f"community-{next(numbers)}"
    return communities.found_community(slug=slug, name=name, scheme=scheme, **fields)


def make_member(community, *roles, name=None):
    user = make_user(name)
    communities.add_member(community=community, user=user, roles=list(roles or [Role.MEMBER]))
    return user


def make_indicator(community, cycle="immediate", name=None, by=None, **fields):
    return indicators.propose(
        community=community,
        by=by,
        cycle=community.cycles.get(key=cycle),
        name=name or f"Indicator {next(numbers)}",
        **fields,
    )


def make_step(community, cycle="immediate", *touched, text="Something happened.", **fields):
    return WrittenStep(
        cycle=community.cycles.get(key=cycle), text=text, indicators=list(touched), **fields
    )


def make_story(
    community, teller, steps=None, links=(), *, audience=Audience.PUBLIC, by=None, **fields
):
    """A draft. `teller`: a user, or a teller's row. `links`: pairs of indices, or WrittenLinks."""
    if hasattr(teller, "email") and not hasattr(teller, "kind"):
        by = by or teller
        teller = communities.teller_of(community=community, user=teller)
    return stories.tell(
        community=community,
        teller=teller,
        by=by,
        steps=[make_step(community)] if steps is None else steps,
        links=[one if isinstance(one, WrittenLink) else WrittenLink(*one) for one in links],
        audience=audience,
        **{"title": f"Story {next(numbers)}"} | fields,
    )


def make_stub(community, *, by, name="Heard of", text="Something was heard.", **fields):
    return note_heard(
        community=community,
        by=by,
        name=name,
        email=fields.pop("email", ""),
        title=fields.pop("title", f"Story {next(numbers)}"),
        step=make_step(community, text=text, **fields),
    )


def make_file(of, content=b"%PDF", content_type="application/pdf", **fields):
    """A file of a story or a sketch, as it is kept."""
    fields = {"original_name": "note.pdf", "content_type": content_type} | fields
    name = fields.pop("name", "note.pdf")
    return of.attachments.create(file=ContentFile(content, name), size=len(content), **fields)


def make_published(*args, **kwargs):
    story = stories.submit(story=make_story(*args, **kwargs), by=None, others="nobody")
    return stories.publish(story=story, by=None, others="nobody")
