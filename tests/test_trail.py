"""A trail as it is written, and what cannot be stored of it."""

import pytest
from django.core.exceptions import ValidationError

from stories import actions as stories
from stories.trail import WrittenLink

from .make import make_step, make_story

pytestmark = pytest.mark.django_db


def test_revise_refuses_one_stored_step_written_twice(cast):
    """With a link between the two, the row would lead to itself."""
    story = make_story(cast.community, cast.member)
    stored = story.steps.get()
    twice = [make_step(cast.community, step=stored), make_step(cast.community, step=stored)]
    with pytest.raises(ValidationError) as refused:
        stories.revise(
            story=story,
            by=cast.member,
            version=story.version,
            steps=twice,
            links=[WrittenLink(0, 1)],
        )
    assert refused.value.messages == ["The same step of the story is there twice."]
    assert [step.pk for step in story.steps.all()] == [stored.pk]
