"""How many others tell of the same way as a story: from the indicator where its longest chain begins
to the one where it ends (framework.md, "Analytics", 2)."""

from collections import deque

from communities.models import Teller

from .paths import LONGEST, counted_for, leading
from .threads import told_between


def ends_of(story):
    """(A, B), the indicators that the longest chain of a `with_trail` story leads between; None where
    it holds no chain from one indicator to another."""
    steps = [step for step in story.steps.all() if step.is_counted and step.has_happened]
    touched = {step.pk: touched_by(step) for step in steps}
    onward = {}
    for link in story.links.all():
        if link.is_counted and {link.from_step_id, link.to_step_id} <= touched.keys():
            onward.setdefault(link.from_step_id, []).append(link.to_step_id)
    found, longest = None, 0
    for step in steps:
        for pk, length in reached(step.pk, onward).items():
            pairs = [(a, b) for a in touched[step.pk] for b in touched[pk] if a != b]
            if pairs and length > longest:
                found, longest = pairs[0], length
    return found


def touched_by(step):
    touches = [touch for touch in step.touches.all() if touch.is_counted]
    return [touch.indicator for touch in touches if touch.indicator.is_drawn]


def reached(start, onward):
    """{step: the least number of links to it}, for those within LONGEST links."""
    lengths, waiting = {}, deque([(start, 0)])
    while waiting:
        step, length = waiting.popleft()
        for following in onward.get(step, ()) if length < LONGEST else ():
            if following not in lengths:
                lengths[following] = length + 1
                waiting.append((following, length + 1))
    return lengths


def others_who_tell(story, ends, audience):
    """(tellers, stories of unknown tellers) besides this story's teller, of whom at least one story
    that this audience may open holds a chain between the same `ends`."""
    stories = counted_for(story.community, audience)
    stories = stories.exclude(pk=story.pk)
    # Nobody knows whether two unknown tellers are one.
    if story.teller.kind != Teller.Kind.UNKNOWN:
        stories = stories.exclude(teller=story.teller)
    told = told_between(stories, *({one.pk} for one in ends))
    tellers, _stories, unknown = leading(told, LONGEST)
    return tellers, unknown
