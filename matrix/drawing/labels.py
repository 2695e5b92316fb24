"""What a box and a thread are called: everything that is drawn, in words, with whole names."""

from .inputs import Column, Face, Picture, Thread, Words, broke, clean


def notes(face: Face, words: Words) -> list[str]:
    """How the community stands to it, where that is not simply agreed."""
    found = [words.negotiating] * face.negotiating + [words.retired] * face.retired
    return found + [face.unheard] * bool(face.unheard)


def label(face: Face, column: Column, words: Words) -> str:
    """The full label of a box: everything drawn on it, and the whole name."""
    if face.unplaced:
        parts = [words.told_without, column.name, words.stories(face.stories)]
    else:
        parts = [face.name, column.name]
        parts += notes(face, words)
        if face.tellers or face.stories:
            told = [words.tellers(face.tellers)] if face.tellers else []
            known = face.stories - face.unknown_stories
            told += [words.stories(known)] if known > 0 else []
            told += [words.unknown_stories(face.unknown_stories)] if face.unknown_stories else []
            parts.append(words.comma.join(told))
        if face.value:
            number = [face.value]
            number += [words.target.format(target=face.target)] if face.target else []
            wanted = {"up": words.more_wanted, "down": words.less_wanted}.get(face.direction)
            number += [wanted] if wanted else []
            parts.append(words.comma.join(number))
        parts.append(getattr(words, f"state_{face.state}", ""))
    return words.stop.join(clean(p).rstrip(".") for p in parts if p) + words.stop.rstrip()


def thread_label(thread: Thread, picture: Picture) -> str:
    """ "Story 5: … told by Edda: Immediate, Potential, hoped for Reframing". Touches of one step are named once."""
    words = picture.words
    names = {face.id: column.name for column in picture.columns for face in column.faces}
    steps: list[str] = []
    last = None
    for i, visit in enumerate(thread.visits):
        step = visit.step if visit.step is not None else ("visit", i)
        if visit.face not in names or step == last:
            continue
        last = step
        if visit.tense == "hoped":
            pattern = words.step_hoped
        elif visit.tense == "did_not_happen":
            pattern = words.step_failed
        else:
            pattern = words.step_broke if broke(visit.value) else words.step_happened
        steps.append(pattern.format(name=names[visit.face]))
    text = words.thread.format(
        number=thread.number,
        title=thread.title,
        teller=thread.teller,
        steps=words.comma.join(steps),
    )
    return clean(text + (f" ({words.my_story})" if thread.mine else ""))
