"""The lines of an import: what is in them, and what is wrong with them."""

import hashlib
import json
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError as Refused

from communities.api.problems import faults_of, flat

# A line; a story of 200 long steps is about 2 MB.
MOST_BYTES = 16 * 1024 * 1024
# As many lines are in memory at a time.
BATCH = 500
BATCH_BYTES = 4 * 1024 * 1024
MOST_FAULTS = 100
BOM = b"\xef\xbb\xbf"


def lines_of(file):
    """(number, bytes) of each line of a binary file that is not blank; of one that is too long so much
    that this can be seen."""
    number = 0
    while raw := file.readline(MOST_BYTES + 1):
        number += 1
        end = raw
        while len(end) > MOST_BYTES and not end.endswith(b"\n"):
            end = file.readline(MOST_BYTES + 1)
        if number == 1:
            raw = raw.removeprefix(BOM)
        if raw.strip():
            yield number, raw


def batches(lines):
    batch, size = [], 0
    for number, line in lines:
        batch.append((number, line))
        size += len(line)
        if len(batch) == BATCH or size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class Line:
    def __init__(self, number, data, external_id):
        self.number, self.data, self.external_id = number, data, external_id
        plain = json.dumps(data, sort_keys=True, separators=(",", ":"))
        self.hash = hashlib.sha256(plain.encode()).hexdigest()


def parsed(raw):
    """The object of a line. ValidationError with what is wrong with it."""
    if len(raw) > MOST_BYTES:
        raise ValidationError(_("The line is longer than %d MB.") % (MOST_BYTES // 1024**2))
    try:
        data = json.loads(raw.decode(), parse_constant=refuse_constant)
    except UnicodeDecodeError:
        raise ValidationError(_("The line is not text in UTF-8.")) from None
    except RecursionError:
        raise ValidationError(_("The line is nested too deeply.")) from None
    except json.JSONDecodeError as error:
        words = _("The line is not JSON: %(fault)s at character %(place)d.")
        said = {"fault": error.msg, "place": error.pos + 1}
        raise ValidationError(words % said) from None
    except ValueError as error:
        # A number of thousands of digits, or none that JSON has.
        raise ValidationError(_("The line is not JSON: %s.") % error) from None
    if not isinstance(data, dict):
        raise ValidationError(_("The line is not a JSON object: {…}."))
    return data


def refuse_constant(word):
    raise ValueError(word)


class Faults:
    """`shown`: (number of the line, what is wrong there), of the first of them."""

    def __init__(self):
        self.count = 0
        self.shown = []

    def add(self, number, path, words):
        self.count += 1
        if len(self.shown) < MOST_FAULTS:
            self.shown.append((number, f"{path}: {words}" if path else words))

    @contextmanager
    def of(self, number):
        """What is refused within is a fault of this line."""
        try:
            yield
        except ValidationError as error:
            found = faults_of(error)
        except Refused as error:
            found = error.detail
        else:
            return
        for path, sentences in flat(found):
            for words in sentences:
                self.add(number, path, words)

    def sentences(self):
        """As they are reported, in the order of the lines."""
        for number, words in sorted(self.shown):
            yield _("line %(number)d: %(fault)s") % {"number": number, "fault": words}
        if more := self.count - len(self.shown):
            yield _("and %d more.") % more
