"""Reads a list of people as they are pasted or saved from elsewhere: names and addresses, in lines,
with commas, semicolons or tabs, from a mail program or a spreadsheet."""

import csv
import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from .fields import clean_email, normalise

MOST = 500
INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\0]")
SPACES = re.compile(r"[^\S\n\t]+")
SEPARATORS = re.compile(r'[;,\t](?=(?:[^"]*"[^"]*")*[^"]*$)')
ADDRESS = re.compile(
    r"<\s*(?:mailto:)?([^<>]*@[^<>]*?)\s*>|(?:mailto:)?([^\s<>\"()]*@[^\s<>\"()]*)"
)


@dataclass
class People:
    """Pairs of name and address, each address once; and what could not be read, in plain words."""

    found: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, name, email, line):
        email = clean_email(email.strip(".,;:'"))
        try:
            validate_email(email)
        except ValidationError:
            self.faults.append(
                _("Line %(line)d: “%(text)s” is not an e-mail address.")
                % {"line": line, "text": email}
            )
            return
        for place, (known, address) in enumerate(self.found):
            if address == email:
                self.found[place] = (known or name, email)
                return
        self.found.append((name, email))


def read(text):
    """The people in a text. Lines are counted from 1, as an editor shows them."""
    text = SPACES.sub(" ", INVISIBLE.sub("", normalise(text).replace("\r", "\n")))
    lines = [
        (number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()
    ]
    people = People()
    columns = header_of(lines)
    for number, line in lines[bool(columns) :]:
        if columns:
            read_row(people, number, line, *columns)
        else:
            read_line(people, number, line)
    if len(people.found) > MOST:
        people.faults.append(
            _("These are %(count)d addresses; at most %(most)d are invited at once.")
            % {"count": len(people.found), "most": MOST}
        )
    return people


def decode(data):
    """The text of a file: UTF-8, UTF-16 with its mark, or what older spreadsheets write."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def header_of(lines):
    """(delimiter, column of the address, columns of the name), where the first line says them."""
    if len(lines) < 2 or "@" in lines[0][1]:
        return None
    first, second = lines[0][1], lines[1][1]
    delimiter = max(";\t,", key=first.count)
    names = [name.strip().casefold() for name in next(csv.reader([first], delimiter=delimiter))]
    row = next(csv.reader([second], delimiter=delimiter))
    addresses = [place for place, cell in enumerate(row) if "@" in cell]
    if len(addresses) != 1 or len(row) != len(names):
        return None
    named = [place for place, name in enumerate(names) if "nam" in name or "nom" in name]
    return delimiter, addresses[0], named or [place for place in (0,) if place not in addresses]


def read_row(people, number, line, delimiter, address, named):
    row = next(csv.reader([line], delimiter=delimiter))
    if len(row) <= max(address, *named, 0) or not row[address].strip():
        people.faults.append(nothing_in(number, line))
        return
    found = ADDRESS.search(row[address])
    email = (found[1] or found[2]) if found else row[address]
    people.add(" ".join(filter(None, (row[place].strip() for place in named))), email, number)


def read_line(people, number, line):
    """Names stand before their address, or alone after it."""
    waiting, last = [], None
    for chunk in filter(None, (part.strip() for part in SEPARATORS.split(line))):
        found = list(ADDRESS.finditer(chunk))
        if not found:
            waiting.append(chunk.strip("\"' "))
            continue
        start = 0
        for one in found:
            own = chunk[start : one.start()].strip("\"'<> ")
            name = ", ".join(filter(None, [" ".join(waiting), own]))
            last = (name, one[1] or one[2])
            people.add(*last, number)
            waiting, start = [], one.end()
        rest = chunk[start:].strip("\"'<>() ")
        waiting = [rest] if rest else []
    if waiting and last and not last[0]:
        people.add(" ".join(waiting), last[1], number)
    elif waiting:
        people.faults.append(nothing_in(number, " ".join(waiting)))


def nothing_in(number, text):
    return _("Line %(line)d: there is no e-mail address with “%(text)s”.") % {
        "line": number,
        "text": text[:80],
    }
