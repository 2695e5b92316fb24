"""Who else is in a story: what may be a name or a number that leads to somebody, offered for masking.

Rules, and no promise: a capital letter within a sentence, a form of address, a member's name, an
e-mail address, six digits or more. What they miss, the question beside them asks.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _

from valuecreation.alphabet import folded

from . import history
from .actions import changing
from .models import Link, Story

AROUND = 40
LEAST_DIGITS = 6
# More than these nobody reads through.
MOST = 100
WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NUMBER = re.compile(r"(?<![\w.,])\+?\d[\d\s()/.\-]*\d(?!\w)")
YEARS = re.compile(r"(?:19|20)\d\d\s*[-–/]\s*(?:19|20)?\d\d")
ENDS_A_SENTENCE = set('.!?…:;"“”„«»()[]¿¡•–—\n')
TITLES = {
    *"mr mrs ms miss mx dr prof sister brother nurse doctor uncle aunt".split(),
    *"sr sra srta don doña dra señor señora herr frau mme mlle monsieur madame".split(),
}
TITLED = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(TITLES))})\.?\s+([^\W\d_][\w'’\-]+)", re.I)
# Words that begin a sentence before a name without being part of it.
OPENERS = {
    *"a an and as at because before but by during every for from he her his how i if in it its last"
    " my next nobody now of on once one or our she since so that the their then there they this to"
    " today two until we what when where while who with yet you your yesterday after all also".split(),
    *"al ante así aunque como con cuando de del desde después donde el ella ellos en entonces era"
    " eso esta este hasta hoy la las lo los luego mi mientras nadie ni no nos nosotros nuestra"
    " nuestro para pero por porque pues que quien se si sin sobre su también tras tu un una y ya"
    " yo".split(),
}
# Where every noun has a capital, a capital says nothing.
NOUNS_IN_CAPITALS = {"de", "lb"}


@dataclass(frozen=True)
class Found:
    """`text` as it is written; `before` and `after` as it stands where it is found first."""

    kind: str
    text: str
    before: str
    after: str


def texts_of(story):
    """All that is written in it."""
    yield story.title
    for step in story.steps.all():
        yield step.text
    for link in story.links.all():
        yield from (getattr(link, name) for name in Link.CONTENT)


def found_in(story, names=()):
    """What may lead to somebody, each once, in the order of the story. `names`: of people whom
    whoever asks knows of."""
    texts = [text for text in texts_of(story) if text]
    nobodys = words_of_the_community(story.community) | words_of(story.language)
    if story.attribution == Story.Attribution.NAME:
        nobodys = nobodys | set(folded(str(story.teller)).split())
    spans = list(spans_in(texts, names, nobodys, story.language))
    found = {}
    for kind, text, start, end in spans:
        if len(found) == MOST:
            break
        before = text[max(0, start - AROUND) : start]
        after = text[end : end + AROUND]
        found.setdefault(text[start:end], Found(kind, text[start:end], before, after))
    return list(found.values())


def own_name(story):
    """For its teller alone to ask for, where it is told without it."""
    has_name = story.teller.user_id or story.teller.name
    is_told_under_it = story.attribution == Story.Attribution.NAME
    return [str(story.teller)] if has_name and not is_told_under_it else []


def spans_in(texts, names, nobodys, language):
    """(kind, text, start, end) of everything found, text after text."""
    has_names = language.partition("-")[0] not in NOUNS_IN_CAPITALS
    written = {words for text in texts if has_names for words in names_in(text, nobodys)}
    written |= {word for words in written for word in words.split() if is_capital(word)}
    known = {word for name in names for word in known_words(name) if folded(word) not in nobodys}
    wanted = Wanted(written | known)
    for text in texts:
        spans = [("address", *one.span()) for one in ADDRESS.finditer(text)]
        spans += [("number", *one.span()) for one in NUMBER.finditer(text) if is_telling(one[0])]
        spans += [("name", *one.span()) for one in titled(text)]
        spans += [("name", *span) for span in wanted.spans(text)]
        yield from ((kind, text, start, end) for kind, start, end in apart(spans))


def apart(spans):
    """In order; where two overlap, the one that begins first, and of two that begin together the
    longer one."""
    end_of_last = 0
    for kind, start, end in sorted(spans, key=lambda one: (one[1], -one[2])):
        if start >= end_of_last:
            yield kind, start, end
            end_of_last = end


class Wanted:
    """Names to look for, in a time that does not grow with their number: by their first word. A name
    in a script without capitals is looked for anywhere, since such a text may have no spaces."""

    def __init__(self, names):
        self.anywhere = [name for name in names if name and not has_case(name)]
        self.by_first = defaultdict(list)
        for name in sorted(set(names) - set(self.anywhere), key=len, reverse=True):
            if first := WORD.match(name):
                self.by_first[first[0]].append(name)

    def spans(self, text):
        for word in WORD.finditer(text):
            for name in self.by_first.get(word[0], ()):
                end = word.start() + len(name)
                if text.startswith(name, word.start()) and not text[end : end + 1].isalnum():
                    yield word.start(), end
                    break
        for name in self.anywhere:
            yield from (one.span() for one in re.finditer(re.escape(name), text))


def names_in(text, nobodys):
    """Words with a capital that no beginning of a sentence explains; those side by side as one."""
    run = []
    for word, following in pairwise([*WORD.finditer(text), None]):
        if run and text[run[-1].end() : word.start()] != " ":
            yield text[run[0].start() : run[-1].end()]
            run = []
        if is_a_name(text, word, following, nobodys):
            run.append(word)
        elif run:
            yield text[run[0].start() : run[-1].end()]
            run = []
    if run:
        yield text[run[0].start() : run[-1].end()]


def is_a_name(text, word, following, nobodys):
    """A word that begins a sentence is one only where another name follows it."""
    if not is_capital(word[0]) or folded(word[0]) in nobodys:
        return False
    if not is_first(text, word.start()):
        return True
    if not following or word[0].lower() in OPENERS:
        return False
    stands_beside = text[word.end() : following.start()] == " "
    return stands_beside and is_capital(following[0]) and folded(following[0]) not in nobodys


def is_first(text, place):
    """Whether a sentence begins here."""
    before = text[max(0, place - 9) : place].rstrip(" \t*-")
    return not before or before[-1] in ENDS_A_SENTENCE


def is_capital(word):
    """With a capital, and no abbreviation such as NHS."""
    return len(word) > 1 and word[0].isupper() and not word[1:].isupper()


def titled(text):
    """A form of address with what follows it: Dr. Ito, sister Ana."""
    return (one for one in TITLED.finditer(text) if one[1][0].isupper())


def known_words(name):
    """A member's name, and each of its words that is long enough to be told from another word."""
    yield name
    if name[:1].isupper():
        yield from (word for word in name.split() if len(word) > 2)


def has_case(words):
    return words[0].isupper() or words[0].islower()


def whole(words):
    """These words where they stand by themselves; in a script without capitals, anywhere."""
    if words[0].isalpha() and not has_case(words):
        return re.compile(re.escape(words))
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def is_telling(number):
    return sum(map(str.isdigit, number)) >= LEAST_DIGITS and not YEARS.fullmatch(number)


def words_of_the_community(community):
    """What its own terms say: no word of these is a person."""
    texts = [community.name, *community.cycles.values_list("name", flat=True)]
    texts += community.indicators.values_list("definition__name", flat=True)
    return {word for text in texts if text for word in folded(text).split()}


@lru_cache
def words_of(language):
    """The months, days, languages and countries as they are written in this language."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = [*locale.territories.values(), *locale.languages.values()]
    for calendar in (locale.months, locale.days):
        names += [name for width in calendar["format"].values() for name in width.values()]
    return frozenset(word for name in names for word in folded(name).split())


def masks():
    return {"name": _("[name]"), "number": _("[number]"), "address": _("[address]")}


def mask(*, story, by, texts, names=()):
    """The teller takes these out of the story and its history, wherever they stand. Others than were
    found stay."""
    with changing(story, "revise", by) as story:
        chosen = [one for one in found_in(story, names) if one.text in set(texts)]
        words = masks()
        for one in sorted(chosen, key=lambda one: len(one.text), reverse=True):
            replace(story, whole(one.text), words[one.kind])
            history.replace(story, whole(one.text), words[one.kind])
    return story


def replace(story, pattern, word):
    story.title = pattern.sub(word, story.title)
    for part in (*story.steps.all(), *story.links.all()):
        names = Link.CONTENT if isinstance(part, Link) else ["text"]
        masked = {name: pattern.sub(word, getattr(part, name)) for name in names}
        type(part).objects.filter(pk=part.pk).update(**masked)
