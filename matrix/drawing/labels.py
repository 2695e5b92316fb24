"""What a box, a thread and a ribbon are called: everything that is drawn, in words, with whole names."""

from collections.abc import Iterable

from .inputs import Column, Face, Picture, Ribbon, Thread, Words, broke, clean


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
    parts += [words.broke_here(face.broke)] * bool(face.broke)
    return words.stop.join(clean(p).rstrip(".") for p in parts if p) + words.stop.rstrip()


def names(picture: Picture) -> dict[int, str]:
    """Whole names by box; what has no indicator yet is named by its cycle."""
    missing = picture.words.no_indicator
    return {
        face.id: clean(f"{missing} ({column.name})" if face.unplaced else face.name)
        for column in picture.columns
        for face in column.faces
    }


def ribbon_label(ribbon: Ribbon, named: dict[int, str], words: Words) -> str:
    """ "From … to …: 3 tellers, 4 stories, 1 of them does not tell it as happened"."""
    text = words.ribbon.format(
        start=named[ribbon.start],
        end=named[ribbon.end],
        tellers=ribbon_tellers(ribbon.tellers, words),
        stories=words.stories(ribbon.stories),
    )
    return clean(text + (words.comma + words.ribbon_hoped(ribbon.hoped) if ribbon.hoped else ""))


def ribbon_tellers(count: int, words: Words) -> str:
    """ "3 tellers"; where nobody is known to have told it, the words say so."""
    return words.tellers(count) if count else words.teller_unknown


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


def lifts(threads: Iterable[Thread]) -> tuple[str, str]:
    """(class, attribute) for the drawing of these threads, where one of them is lifted out of the others."""
    number = next((thread.number for thread in threads if thread.lifted), None)
    return (" lifting", f' data-lifted="{number}"') if number else ("", "")
