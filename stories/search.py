"""Search in stories: full text in the community's language and in none, and what looks alike; without
regard to case and accents.

Kept are the words of told and confirmed parts only, in the transaction that changes them; who finds
a story is `visible_to`, asked like everywhere else.
"""

import operator
import unicodedata
from functools import reduce

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    TrigramWordSimilarity,
)
from django.db.models import Case, IntegerField, Q, Value, When

from valuecreation.alphabet import folded

from .models import Link, Story, Words

LONGEST = 200
# PostgreSQL keeps at most 1 MB of words a story; what is beyond this is found as it is spelled.
INDEXED = 200_000
AROUND = 70
# Words of a search that a place is shown for.
LOOKED_FOR = 5
# The dictionaries that PostgreSQL brings, by the language's code; "simple" for all others.
DICTIONARIES = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def dictionaries(community):
    """That of its language, if PostgreSQL has it, and the one that leaves words as they are."""
    own = DICTIONARIES.get(community.language.partition("-")[0].lower(), "simple")
    return sorted({own, "simple"})


def said(story, steps, links):
    """The texts of a story with these told or confirmed parts, the title first. Words that others have
    only proposed are not the teller's."""
    yield story.title
    if story.attribution == Story.Attribution.PSEUDONYM:
        yield story.pseudonym
    for step in steps:
        yield step.text
    for link in links:
        yield from (getattr(link, name) for name in Link.CONTENT)


def words_of(story, steps, links):
    """What is kept of them, by the names of its columns."""
    words = "\n".join(folded(text) for text in said(story, steps, links) if text)
    indexed = words.encode()[:INDEXED].decode(errors="ignore")
    vectors = (SearchVector(Value(indexed), config=one) for one in dictionaries(story.community))
    return {"folded": words, "vector": reduce(operator.add, vectors)}


def index(story):
    """Keeps what the story says now."""
    kept = words_of(story, story.steps.counted(), story.links.counted())
    Words.objects.update_or_create(story=story, defaults=kept)


def find(stories, text, community):
    """Those of `stories` that say this, or nearly this; what says it best first."""
    wanted = folded(text)[:LONGEST]
    if not wanted:
        return stories
    queries = (SearchQuery(wanted, config=one) for one in dictionaries(community))
    query = reduce(operator.or_, queries)
    says = Q(words__folded__contains=wanted)
    named = Q(attribution=Story.Attribution.NAME) & (
        Q(teller__user__name__unaccent__icontains=wanted)
        | Q(teller__user=None, teller__name__unaccent__icontains=wanted)
    )
    alike = Q(words__folded__trigram_word_similar=wanted)
    found = stories.filter(says | named | alike | Q(words__vector=query))
    return found.annotate(
        literal=Case(When(says | named, then=1), default=0, output_field=IntegerField()),
        rank=SearchRank("words__vector", query),
        likeness=TrigramWordSimilarity(wanted, "words__folded"),
    ).order_by("-literal", "-rank", "-likeness", "-created_at", "-pk")


def snippet(trail, text):
    """(before, the words found, after) where a step of the trail says it, or a word that begins like
    one of it; None where none does."""
    words = sorted(folded(text).split(), key=len, reverse=True)
    beginnings = [word[: max(len(word) - 3, 4)] for word in words if len(word) > 4]
    told = [read.step.text for read in trail if read.step.is_counted]
    plain = [folded(text) for text in told]
    for wanted in [folded(text), *words[:LOOKED_FOR], *beginnings[:LOOKED_FOR]]:
        for written, said in zip(told, plain, strict=True):
            place = find_in(written, wanted) if wanted in said else None
            if place:
                return cut(written, *place)
    return None


def find_in(text, wanted):
    """(start, end) of the folded words in the text as it is written, or None."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for plain in folded(letter) or (" " if letter.isspace() else ""):
            if plain != " " or letters[-1:] != [" "]:
                letters.append(plain)
                places.append(place)
    start = "".join(letters).find(wanted)
    if start < 0 or not wanted:
        return None
    end = places[start + len(wanted) - 1] + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return places[start], end


def cut(text, start, end):
    before = text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before, text[start:end], after
