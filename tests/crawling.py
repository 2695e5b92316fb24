"""A crawl: every address there is, found from the URL configuration and by following links and forms,
in every form it answers in, as one viewer; and what of it holds a mark.

Nothing here knows a page. An address that is new is asked because the configuration names it; a kind
of content that nobody can read fails the crawl.
"""

import itertools
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.db import transaction
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
from django.urls.resolvers import RegexPattern
from pypdf import PdfReader

READABLE = {
    "text/html",
    "text/plain",
    "text/csv",
    "text/calendar",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/problem+json",
    "application/vnd.oai.openapi+json",
    "image/svg+xml",
    "application/pdf",
}
# What a page may be asked for beside itself and its part.
FORMS = [
    {"HTTP_ACCEPT": "application/json"},
    {"HTTP_ACCEPT": "*/*", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
]
TRIES = 6
FEW = 5
NUMBERED = re.compile(r"(?<=[/=])\d+(?=/|$|&)")
# The place of a row, in what a button says: up-2.
PLACED = re.compile(r"(?<=[a-z]-)\d+(?=')")
# The same list, sorted or filtered otherwise, holds nothing that the whole list does not, nor what lies
# behind a part of the matrix; nor does the way to sign in depend on where one goes then.
SAME_PAGE = re.compile(
    r"[?&](o|p|_changelist_filters|_popup|_facets|next|audience|draw|group|mine|tense|value)="
    r"|__(exact|isnull)"
)
# Both ends of one question.
ENDS = {"until": "since", "to": "from"}
# The same picture in dots, and on larger sheets: what it says is read on these.
READ_AS = [
    (re.compile("/picture/png/"), "/picture/svg/"),
    (re.compile("/picture/a[23]/"), "/picture/a4/"),
]


@dataclass
class Form:
    """`fields`: what is sent when nothing is changed; `choices`: (field, value) of everything that
    could be; `texts`: the fields to write in; `buttons`: what each of them adds."""

    action: str
    method: str
    fields: dict = field(default_factory=dict)
    choices: set = field(default_factory=set)
    texts: list = field(default_factory=list)
    buttons: list = field(default_factory=list)

    def sent(self):
        """What is sent, once for each of its buttons; of those that move one row or another, once."""
        moves = {PLACED.sub("", str(one)): one for one in self.buttons}
        for button in moves.values() or [{}]:
            yield self.fields | button


class Reader(HTMLParser):
    """The addresses and forms of a page."""

    def __init__(self):
        super().__init__()
        self.addresses, self.forms = [], []
        self.form = self.select = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        for name in ("href", "src", "hx-get", "data-href"):
            if given.get(name):
                self.addresses.append(given[name])
        if tag == "form":
            self.form = Form(given.get("action") or "", (given.get("method") or "get").lower())
            self.forms.append(self.form)
        elif self.form and tag == "option":
            self.choose(self.select, given.get("value") or "", "selected" in given)
        elif self.form and tag == "button":
            named = {given["name"]: given.get("value") or ""} if given.get("name") else {}
            self.form.buttons.append(named)
        elif self.form and given.get("name"):
            self.note(tag, given)

    def note(self, tag, given):
        name, value, kind = given["name"], given.get("value") or "", given.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag in {"input", "textarea"}:
            if tag == "textarea" or kind in {"text", "search"}:
                self.form.texts.append(name)
            self.choose(name, value, kind not in {"checkbox", "radio"} or "checked" in given)

    def choose(self, name, value, is_chosen):
        self.form.choices.add((name, value))
        if is_chosen:
            self.form.fields.setdefault(name, value)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None


@dataclass
class Crawl:
    """`pools`: kwarg → the values to fill it with; `fits`: whether values go together; `words`: what
    is typed into fields of search."""

    client: object
    pools: dict
    words: list
    fits: object = lambda values: True
    found: dict = field(default_factory=dict)
    asked: set = field(default_factory=set)
    shapes: set = field(default_factory=set)
    parts: set = field(default_factory=set)

    def run(self, starts=()):
        """{(method, address, form): the answer's text with its headers} of everything."""
        waiting = list(starts)
        for addresses in configured(self.pools, self.fits):
            closed = 0
            for address in addresses:
                waiting += self.once(address)
                answers = self.found["GET", address, ""]
                closed = closed + 1 if answers.startswith("403") else -len(addresses)
                # The door does not open for this viewer, whatever the number.
                if closed == TRIES:
                    break
        while waiting:
            waiting += self.once(waiting.pop())
        return self.found

    def once(self, address):
        if address in self.asked:
            return []
        self.asked.add(address)
        return self.visit(address)

    def visit(self, address):
        read = read_as(address)
        if read != address:
            return self.once(read)
        answer = self.ask("GET", address)
        if answer.status_code == 405:
            self.ask("POST", address)
            return []
        if answer.status_code >= 400:
            return []
        shape = NUMBERED.sub("#", urlsplit(address).path)
        varies = "accept," in answer.headers.get("Vary", "").lower() + ","
        # A search asks the same view for the same part.
        if (path := urlsplit(address).path) not in self.parts:
            self.parts.add(path)
            self.ask("GET", address, HTTP_HX_REQUEST="true")
        if varies or shape not in self.shapes:
            self.shapes.add(shape)
            for headers in FORMS:
                self.ask("GET", address, **headers)
        if answer.status_code in {301, 302}:
            return [self.within(address, answer.url)] if self.within(address, answer.url) else []
        return self.followed(address, answer)

    def followed(self, address, answer):
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return []
        reader = Reader()
        reader.feed(answer.content.decode())
        links = [self.within(address, one) for one in reader.addresses]
        for form in reader.forms:
            action = self.within(address, form.action or address)
            if action and form.method == "post":
                self.send(action, form)
            elif action and form.texts:
                links += self.searches(action, form)
        return [link for link in links if link]

    def send(self, action, form):
        """A form as it stands, once for each kind of page and set of fields."""
        shape = shape_of(action), tuple(sorted(form.fields))
        if shape not in self.shapes:
            self.shapes.add(shape)
            for data in form.sent():
                self.ask("POST", action, data)

    def searches(self, action, form):
        path = urlsplit(action).path
        # What the admin finds are rows of its list, as they stand there.
        words = self.words[:FEW] if path.startswith("/admin/") else self.words
        return [f"{path}?{name}={word}" for name in form.texts for word in words]

    def within(self, address, link):
        """The address on this site that a link leads to; None for one elsewhere, for the way out,
        and for the same list in another order or narrowed by several things at once."""
        absolute = urlsplit(urldefrag(urljoin(f"http://testserver{address}", link)).url)
        if absolute.netloc != "testserver" or absolute.scheme != "http":
            return None
        path = absolute.path + (f"?{absolute.query}" if absolute.query else "")
        if path.startswith("/static/") or SAME_PAGE.search(path):
            return None
        if len({ENDS.get(name, name) for name in questions(absolute)}) > 1:
            return None
        try:
            resolve(absolute.path)
        except Resolver404:
            return None
        return path

    def ask(self, method, address, data=None, **headers):
        """What is asked changes nothing."""
        with transaction.atomic():
            session = dict(self.client.cookies)
            answer = (
                self.client.generic(method, address, **headers)
                if data is None
                else (self.client.post(address, data, **headers))
            )
            text = told(answer)
            transaction.set_rollback(True)
            self.client.cookies.clear()
            self.client.cookies.update(session)
        form = headers.get("HTTP_ACCEPT") or ("part" if headers else "")
        self.found[method, address, form] = text
        return answer


def told(answer):
    """All that an answer tells: its status, headers and content."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert not content or kind in READABLE, f"nobody can read {kind}"
    if kind == "application/pdf":
        content = text_of_pdf(content)
    if kind == "text/calendar":
        # Long lines are folded there, in the midst of a word.
        content = content.replace(b"\r\n ", b"")
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{answer.status_code}\n{headers}\n\n{content.decode()}"


def read_as(address):
    for form, other in READ_AS:
        address = form.sub(other, address)
    return address


def shape_of(action):
    """What the forms sent there have in common: the numbers and what is asked for may differ."""
    split = urlsplit(action)
    return NUMBERED.sub("#", split.path), *questions(split)


def questions(split):
    return sorted(dict(parse_qsl(split.query, keep_blank_values=True)))


def text_of_pdf(content):
    """What is written in it, without its line breaks too, and what it says of itself."""
    reader = PdfReader(BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return f"{text}\n{text.replace(chr(10), '')}\n{reader.metadata}".encode()


def configured(pools, fits):
    """For every name in the URL configuration the addresses it can be asked for, filled from the
    pools."""
    for name, kwargs in names_of(get_resolver()):
        filled = itertools.product(*(pools.get(one, ["1", "nothing"]) for one in kwargs))
        values = [dict(zip(kwargs, one, strict=True)) for one in filled]
        yield [address for one in values if fits(one) and (address := address_of(name, one))]


def address_of(name, values):
    try:
        return reverse(name, kwargs=values)
    except NoReverseMatch:
        return None


def names_of(resolver, namespaces=(), kwargs=()):
    for pattern in resolver.url_patterns:
        own = (*kwargs, *kwargs_of(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            inner = [pattern.namespace] if pattern.namespace else []
            yield from names_of(pattern, (*namespaces, *inner), own)
        elif pattern.name:
            yield ":".join([*namespaces, pattern.name]), own


def kwargs_of(pattern):
    if isinstance(pattern, RegexPattern):
        return tuple(pattern.regex.groupindex)
    return tuple(pattern.converters)
