"""The second example: an invented network of labs that sequence resistant bacteria.

Its size and its plan of collection were published (amr_genomics_indicators.py); the people, the
labs, the stories and all 17 indicators are made up.
"""

from stories.examples.amr_genomics_indicators import INDICATORS, SAGESA
from stories.examples.amr_genomics_stories import STORIES
from stories.examples.content import (
    ExampleCommunity,
    ExampleGroup,
    ExampleGuest,
    ExamplePerson,
)
from stories.examples.talks import AMR_GENOMICS_TALKS

GROUPS = (
    ExampleGroup("members", "Members", "horizontal"),
    ExampleGroup("facilitators", "Facilitators", "horizontal"),
    ExampleGroup("host", "Host organisation", "vertical"),
    ExampleGroup("funder", "Funder", "vertical"),
    ExampleGroup("authorities", "Health authorities", "vertical"),
)


def member(key, name, group="members", roles=("member",)):
    return ExamplePerson(key, f"{key}@example.org", f"{name} (example)", roles, group)


PEOPLE = (
    # The three who can be entered with one click. Nora takes the samples that others sequence.
    ExamplePerson("nora", "member@example.org", "Nora Whitfield (example)", ("member",), "members"),
    ExamplePerson(
        "tomas",
        "facilitator@example.org",
        "Tomás Herrera (example)",
        ("facilitator", "member"),
        "facilitators",
    ),
    ExamplePerson(
        "ingrid", "funder@example.org", "Ingrid Halvorsen (example)", ("funder",), "funder"
    ),
    # A second facilitator, somebody of the host organisation, and one of a ministry.
    member("elodie", "Élodie Marchand", "facilitators", ("facilitator", "member")),
    member("marek", "Marek Dvořák", "host"),
    member("beatriz", "Beatriz Fonseca", "authorities", ("funder",)),
    # Those who work at the bench.
    member("amina", "Amina Okello"),
    member("layla", "ليلى منصور"),
    member("hoang", "Nguyễn Minh Hoàng"),
    member("sina", "Sina Leota"),
    member("mateo", "Mateo Quispe"),
    member("ines", "Inês Carvalho"),
    member("asa", "Åsa Lindgren"),
    # Those who work at a screen, and those who ask for the result.
    member("chidi", "Chidi Eze"),
    member("wei", "林薇"),
    member("priya", "Priya Raman"),
    member("yusuf", "Yusuf Demir"),
    member("thandi", "Thandiwe Mokoena"),
    member("stavros", "Σταύρος Ανδρέου"),
    member("rafiq", "Rafiq Chowdhury"),
)

GUESTS = (
    ExampleGuest("grace", "Grace, who drives the samples (example)"),
    ExampleGuest("paul", "Paul, who keeps hens (example)"),
    ExampleGuest("unknown", ""),
)

AMR_GENOMICS = ExampleCommunity(
    slug="amr-genomics",
    name="Common Threads: sequencing resistant bacteria (example)",
    purpose=(
        "People of many countries who sequence bacteria that antibiotics no longer stop, and those"
        " who need to know: wards, farms and authorities. We learn from each other how a genome"
        " becomes something that somebody can act on, and tell each other when it does not."
    ),
    language="en",
    time_zone="Africa/Nairobi",
    scheme="2011",
    note=(
        "This is an example. The published figures and the plan of collection are those of the"
        f" {SAGESA}; the stories, the people and all 17 indicators are invented."
    ),
    groups=GROUPS,
    people=PEOPLE,
    guests=GUESTS,
    indicators=INDICATORS,
    stories=STORIES,
    talks=AMR_GENOMICS_TALKS,
)
