"""The first example: an invented online community of people who work in primary care.

Its figures of cycle 1 were published (primary_care_indicators.py); everything else is made up.
"""

from stories.examples.content import (
    ExampleCommunity,
    ExampleGroup,
    ExampleGuest,
    ExamplePerson,
)
from stories.examples.primary_care_indicators import INDICATORS, KOATZ
from stories.examples.primary_care_stories import STORIES
from stories.examples.primary_care_stories_later import LATER
from stories.examples.talks import PRIMARY_CARE_TALKS

GROUPS = (
    ExampleGroup("members", "Members", "horizontal"),
    ExampleGroup("facilitators", "Facilitators", "horizontal"),
    ExampleGroup("host", "Host organisation", "vertical"),
    ExampleGroup("funder", "Funder", "vertical"),
)

PEOPLE = (
    # The three who can be entered with one click.
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
    # A second facilitator, and two people of the host organisation.
    ExamplePerson(
        "eleni",
        "eleni@example.org",
        "Eleni Markou (example)",
        ("facilitator", "member"),
        "facilitators",
    ),
    ExamplePerson("david", "david@example.org", "David Achterberg (example)", ("funder",), "host"),
    ExamplePerson("piotr", "piotr@example.org", "Piotr Zieliński (example)", ("member",), "host"),
    # A GP, a physiotherapist, a social worker, a pharmacist, a GP in training, a district nurse.
    ExamplePerson("samir", "samir@example.org", "Samir Haddad (example)", ("member",), "members"),
    ExamplePerson("aoife", "aoife@example.org", "Aoife Brennan (example)", ("member",), "members"),
    ExamplePerson("lucia", "lucia@example.org", "Lucía Paredes (example)", ("member",), "members"),
    ExamplePerson("kofi", "kofi@example.org", "Kofi Asante (example)", ("member",), "members"),
    ExamplePerson(
        "hannah", "hannah@example.org", "Hannah Lindqvist (example)", ("member",), "members"
    ),
    ExamplePerson("joan", "joan@example.org", "Joan Okafor (example)", ("member",), "members"),
)

GUESTS = (
    ExampleGuest("rosa", "Rosa, a daughter (example)"),
    ExampleGuest("unknown", ""),
)

PRIMARY_CARE = ExampleCommunity(
    slug="primary-care",
    name="The Corridor: primary care in conversation (example)",
    purpose=(
        "Nurses, doctors, therapists, pharmacists and social workers of many practices learn from"
        " each other how people who live with long-term conditions can have a say in their own"
        " care. We meet in an online forum, between one patient and the next."
    ),
    language="en",
    time_zone="Europe/London",
    scheme="2011",
    note=(
        f"This is an example. The published figures are those of {KOATZ}; the stories, the people"
        " and all other indicators are invented."
    ),
    groups=GROUPS,
    people=PEOPLE,
    guests=GUESTS,
    indicators=INDICATORS,
    stories=STORIES + LATER,
    talks=PRIMARY_CARE_TALKS,
)
