"""Lists of people as they are pasted: read as meant, or refused with the line and what stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.pasted import MOST, decode, read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@x.org", [("", "a@x.org")]),
        ("A B <a@x.org>; c@y.org", [("A B", "a@x.org"), ("", "c@y.org")]),
        ("\ufeffA B <A@X.org>;\r\nc@y.org ;", [("A B", "a@x.org"), ("", "c@y.org")]),
        ('"Doe, Jane" <j@x.org>, b@y.org', [("Doe, Jane", "j@x.org"), ("", "b@y.org")]),
        (
            "Doe, Jane <j@x.org>; Roe, Rich <r@x.org>",
            [("Doe, Jane", "j@x.org"), ("Roe, Rich", "r@x.org")],
        ),
        ("Jane Doe,jane@x.org\nRich,r@x.org", [("Jane Doe", "jane@x.org"), ("Rich", "r@x.org")]),
        ("jane@x.org\tJane Doe", [("Jane Doe", "jane@x.org")]),
        ("Name;E-Mail\nZoë;zoe@x.org", [("Zoë", "zoe@x.org")]),
        ("E-Mail,Vorname,Nachname,Team\nz@x.org,Zoë,Ng,Nurses", [("Zoë Ng", "z@x.org")]),
        ("a@x.org a@x.org, Ann <A@x.org>", [("Ann", "a@x.org")]),
        ("<mailto:a@x.org>", [("", "a@x.org")]),
        ("Ask a@x.org.", [("Ask", "a@x.org")]),
        ("用户 <user@例子.org>", [("用户", "user@例子.org")]),
        ("José\u00a0Núñez <j@x.org>", [("José Núñez", "j@x.org")]),
        ("Jose\u0301 <j@x.org>", [("José", "j@x.org")]),
        ("", []),
        ("  \n\n ", []),
    ],
)
def test_reads_what_people_paste(text, found):
    people = read(text)
    assert (people.found, people.faults) == (found, [])


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a@x.org\nb@x", ["Line 2: “b@x” is not an e-mail address."]),
        ("a@x.org\n\nJane Doe", ["Line 3: there is no e-mail address with “Jane Doe”."]),
        (
            "@, a@@x.org",
            [
                "Line 1: “@” is not an e-mail address.",
                "Line 1: “a@@x.org” is not an e-mail address.",
            ],
        ),
        ("Jane, j@x.org, Nurses", ["Line 1: there is no e-mail address with “Nurses”."]),
        ("Name,Mail\nZoë,z@x.org\nAnn,", ["Line 3: there is no e-mail address with “Ann,”."]),
    ],
)
def test_names_the_line_and_the_text_of_each_fault(text, faults):
    assert read(text).faults == faults


def test_takes_at_most_five_hundred_at_once():
    people = read("\n".join(f"p{number}@x.org" for number in range(MOST + 1)))
    assert people.faults == ["These are 501 addresses; at most 500 are invited at once."]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_reads_files_as_spreadsheets_save_them(coding):
    assert read(decode("Zoë;zoe@x.org".encode(coding))).found == [("Zoë", "zoe@x.org")]


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text):
    people = read(text)
    assert all("@" in email and email == email.strip().lower() for name, email in people.found)
    assert len({email for name, email in people.found}) == len(people.found)
