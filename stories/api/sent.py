"""From checked documents to what the actions take. A community's own words are read once, for however
many stories."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from communities.actions import add_guest_teller, teller_of
from communities.fields import clean_email, normalise
from communities.models import Teller, User
from stories.trail import WrittenLink, WrittenStep
from stories.writing import standing

# What the document calls as the model does.
FIELDS = ["title", "template", "language", "audience", "attribution", "pseudonym", "quotable"]
FIELDS += ["happened_from", "happened_to", "external_id"]


class Reader:
    def __init__(self, community):
        self.community = community
        # The tellers of people, by their number.
        self.members = {}

    @cached_property
    def cycles(self):
        return {one.key: one for one in self.community.cycles.all()}

    @cached_property
    def indicators(self):
        """By code; of a merged one the indicator that stands for it."""
        rows = list(self.community.indicators.select_related("definition", "community"))
        by_pk = {one.pk: one for one in rows}
        return {one.code: by_pk[standing(one, rows)] for one in rows}

    @cached_property
    def people(self):
        """Those who belong to the community, by number."""
        members = User.objects.filter(memberships__community=self.community, is_active=True)
        return {one.pk: one for one in members}

    @cached_property
    def guests(self):
        """(name, address) → the teller, or the one that they were joined to."""
        rows = self.community.tellers.filter(kind=Teller.Kind.GUEST).order_by("-pk")
        by_pk = {one.pk: one for one in self.community.tellers.select_related("user")}
        return {(one.name, one.email): stands_for(one, by_pk) for one in rows}

    def fields(self, sent):
        """What goes into the story's own row."""
        fields = {name: sent[name] for name in FIELDS if name in sent}
        for who, minutes in sent.get("minutes", {}).items():
            fields[f"minutes_{who}"] = minutes
        for role in ("elicitor", "recorder"):
            if sent.get(role) is not None:
                fields[role] = self.person(role, sent[role])
        return fields

    def person(self, role, pk):
        if pk not in self.people:
            raise ValidationError({role: _("Nobody with the number %d belongs here.") % pk})
        return self.people[pk]

    def teller(self, sent):
        """The same guest, by name and address, is the same teller."""
        if sent is None:
            return self.add_teller("", "")
        if isinstance(sent, int):
            return self.member(sent)
        name, email = normalise(sent["name"].strip()), clean_email(sent.get("email", ""))
        if (name, email) not in self.guests:
            self.guests[name, email] = self.add_teller(name, email)
        return self.guests[name, email]

    def add_teller(self, name, email):
        return add_guest_teller(community=self.community, name=name, email=email)

    def member(self, pk):
        if pk not in self.members:
            user = self.person("teller", pk)
            self.members[pk] = teller_of(community=self.community, user=user)
        return self.members[pk]

    def trail(self, sent, story=None):
        """(steps, links) as they are written. ValidationError with the faults at their places."""
        stored = {str(step.pk): step for step in story.steps.all()} if story else {}
        faults, places, steps = {}, {}, []
        for place, one in enumerate(sent.get("steps", ())):
            ref = one.get("ref", str(place + 1))
            if ref in places:
                faults[f"steps.{place}.ref"] = _("“%s” is there twice.") % ref
            places[ref] = place
            steps.append(self.step(one, stored.get(one.get("ref")), f"steps.{place}", faults))
        links = [
            self.link(one, places, f"links.{place}", faults)
            for place, one in enumerate(sent.get("links", ()))
        ]
        if faults:
            raise ValidationError(faults)
        return steps, links

    def step(self, sent, stored, path, faults):
        cycle = self.cycles.get(sent["cycle"])
        if not cycle:
            words = _("There is no cycle “%(key)s” here. There are: %(keys)s.")
            known = {"key": sent["cycle"], "keys": ", ".join(self.cycles)}
            faults[f"{path}.cycle"] = words % known
        unknown = [code for code in sent["indicators"] if code not in self.indicators]
        if unknown:
            words = _("There is no indicator “%s” here.")
            faults[f"{path}.indicators"] = [words % code for code in unknown]
        touched = [self.indicators[code] for code in sent["indicators"] if code not in unknown]
        return WrittenStep(
            cycle=cycle,
            text=sent.get("text", ""),
            tense=sent["tense"],
            value=sent["value"],
            capital=sent["capital"],
            indicators=touched,
            step=stored,
        )

    @staticmethod
    def link(sent, places, path, faults):
        for end in ("from", "to"):
            if sent[end] not in places:
                faults[f"{path}.{end}"] = _("There is no step “%s” in this story.") % sent[end]
        content = {name: words for name, words in sent.items() if name not in {"from", "to"}}
        return WrittenLink(places.get(sent["from"], 0), places.get(sent["to"], 0), **content)


def stands_for(teller, by_pk):
    while teller.merged_into_id:
        teller = by_pk[teller.merged_into_id]
    return teller
