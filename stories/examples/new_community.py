"""The third example: an invented community founded this week. Nobody has told anything yet."""

from stories.examples.content import ExampleCommunity, ExampleGroup, ExamplePerson

GROUPS = (
    ExampleGroup("members", "Members", "horizontal"),
    ExampleGroup("facilitators", "Facilitators", "horizontal"),
    ExampleGroup("funder", "Funder", "vertical"),
)

PEOPLE = (
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
)

NEW_COMMUNITY = ExampleCommunity(
    slug="school-kitchens",
    name="The Long Table: cooks of school kitchens (example)",
    purpose=(
        "Cooks, kitchen hands and one gardener who want to learn from each other how children"
        " come to eat what is good for them, on the money there is."
    ),
    language="en",
    time_zone="Europe/London",
    scheme="2011",
    note="This is an example of a community at its beginning. Its people are invented.",
    groups=GROUPS,
    people=PEOPLE,
    guests=(),
    indicators=(),
    stories=(),
)
