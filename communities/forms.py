"""Forms of the pages on people. Each one ends in an act; what it refuses is shown at its field."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import actions, pasted
from .actions.inviting import DAYS
from .adminforms import show_faults
from .models import Community, Cycle, StakeholderGroup, User
from .permissions import ROLE_WORDS, Role
from .sign_in import require_patience
from .zones import AS_THEY_ARE, zone_choices

MOST_DAYS = 365
LARGEST_FILE = 1_000_000


def sent(request):
    """What a form is made with: what was sent, or nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


class ActForm(forms.Form):
    """`act(community, by)` does what the form is for; a refusal becomes the form's faults."""

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, **kwargs)
        self.community = community

    def done(self, by):
        """Whether it was done; then `outcome` is what the act gave back."""
        if not self.is_valid():
            return False
        try:
            self.outcome = self.act(by)
        except ValidationError as error:
            show_faults(self, error)
            return False
        return True


def roles_field(roles, **kwargs):
    return forms.MultipleChoiceField(
        label=_("What they do here"),
        choices=lambda: [(role.value, f"{role.label}: {ROLE_WORDS[role]}") for role in roles],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
        **kwargs,
    )


class GroupField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            StakeholderGroup.objects.none(),
            label=_("Stakeholder group"),
            empty_label=_("none"),
            required=False,
            **kwargs,
        )


def offer_groups(form):
    groups = form.community.stakeholder_groups.order_by("name")
    form.fields["stakeholder_group"].queryset = groups
    if not groups:
        del form.fields["stakeholder_group"]


def days_field():
    return forms.IntegerField(
        label=_("Open for how many days"), min_value=1, max_value=MOST_DAYS, initial=DAYS
    )


class InvitationForm(ActForm):
    """What an invitation by mail and an address to pass on have in common."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_groups(self)

    def terms(self):
        sent = self.cleaned_data
        names = ("roles", "stakeholder_group", "days")
        return {name: sent[name] for name in names if name in sent}


class MailForm(InvitationForm):
    people = forms.CharField(
        label=_("Whom"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Paste addresses as you have them, with names or without, one a line or side by side."
        ),
    )
    file = forms.FileField(
        label=_("Or a file with names and addresses (CSV)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/*"}),
    )
    roles = roles_field(Role, initial=[Role.MEMBER])
    stakeholder_group = GroupField()
    days = days_field()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise ValidationError(_("This file is too large for a list of people."))
        return file

    def clean(self):
        sent = super().clean()
        texts = {"people": sent.get("people", "")}
        if sent.get("file"):
            texts["file"] = pasted.decode(sent["file"].read())
        found = {}
        for name, text in texts.items():
            people = pasted.read(text)
            for fault in people.faults:
                self.add_error(name, fault)
            for person, email in people.found:
                found[email] = found.get(email) or person
        if not found and not self.errors:
            self.add_error("people", gettext("Give at least one address."))
        self.found = [(person, email) for email, person in found.items()]
        return sent

    def act(self, by):
        return actions.invite(community=self.community, people=self.found, by=by, **self.terms())


class AddressForm(InvitationForm):
    roles = roles_field([Role.MEMBER, Role.FUNDER], initial=[Role.MEMBER])
    stakeholder_group = GroupField()
    days = days_field()
    uses_allowed = forms.IntegerField(
        label=_("For how many people at most"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Empty: for as many as come."),
    )

    def act(self, by):
        return actions.make_address(
            community=self.community,
            by=by,
            uses_allowed=self.cleaned_data["uses_allowed"],
            **self.terms(),
        )


class MemberForm(ActForm):
    roles = roles_field(Role)
    stakeholder_group = GroupField()

    def __init__(self, *args, membership, **kwargs):
        initial = {"roles": membership.roles, "stakeholder_group": membership.stakeholder_group}
        super().__init__(*args, community=membership.community, initial=initial, **kwargs)
        self.membership = membership
        offer_groups(self)

    def act(self, by):
        return actions.change_member(
            membership=self.membership,
            roles=self.cleaned_data["roles"],
            stakeholder_group=self.cleaned_data.get("stakeholder_group"),
            by=by,
        )


class GroupForm(ActForm):
    name = StakeholderGroup._meta.get_field("name").formfield(label=_("Name"))
    axis = forms.ChoiceField(
        label=_("How the others stand to them"),
        choices=StakeholderGroup.Axis.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, group=None, **kwargs):
        initial = {"name": group.name, "axis": group.axis} if group else None
        super().__init__(*args, initial=initial, **kwargs)
        self.group = group

    def act(self, by):
        sent = {name: self.cleaned_data[name] for name in ("name", "axis")}
        if self.group:
            return actions.change_group(group=self.group, by=by, **sent)
        return actions.add_group(community=self.community, by=by, **sent)


class JoinForm(forms.Form):
    """Who comes: an account is made where there is none, and the page does not say which."""

    def __init__(self, request, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_email(self):
        email = self.cleaned_data["email"]
        require_patience(self.request, email)
        return email

    email = User._meta.get_field("email").formfield(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    name = User._meta.get_field("name").formfield(
        label=_("Your name, as others here may read it"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class CommunityForm(ActForm):
    """What a facilitator changes about the community, and the words of its cycles."""

    name = Community._meta.get_field("name").formfield(label=_("Name"))
    purpose = Community._meta.get_field("purpose").formfield(
        label=_("What it is for"), widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.Select(attrs=AS_THEY_ARE)
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zone_choices, widget=forms.Select(attrs=AS_THEY_ARE)
    )
    is_public = forms.BooleanField(
        label=_("Open a public page"),
        required=False,
        help_text=_(
            "Then anybody reads the matrix, as far as stories that are open to everybody fill it,"
            " and those stories, without signing in."
        ),
    )
    publishes_at_once = Community._meta.get_field("publishes_at_once").formfield()
    retention_days = Community._meta.get_field("retention_days").formfield(
        label=_("Days until the text of a withdrawn story is purged"), min_value=0, max_value=30
    )
    responsible = Community._meta.get_field("responsible").formfield(
        label=_("Who is responsible for what is kept here")
    )
    contact = Community._meta.get_field("contact").formfield(label=_("Whom to ask about it"))
    OWN = ("name", "purpose", "language", "time_zone", "is_public", "publishes_at_once")
    PRIVACY = ("responsible", "contact", "retention_days")

    def __init__(self, *args, community, **kwargs):
        initial = {name: getattr(community, name) for name in (*self.OWN, *self.PRIVACY)}
        super().__init__(*args, community=community, initial=initial, **kwargs)
        self.cycles = list(community.cycles.all())
        for cycle in self.cycles:
            for name in ("name", "question"):
                field = Cycle._meta.get_field(name).formfield(initial=getattr(cycle, name))
                self.fields[f"{cycle.key}-{name}"] = field

    def words(self):
        """For the template: each cycle with its two fields."""
        return [(one, self[f"{one.key}-name"], self[f"{one.key}-question"]) for one in self.cycles]

    def act(self, by):
        given = self.cleaned_data
        return actions.change_community(
            community=self.community,
            by=by,
            cycles=[
                (one, given[f"{one.key}-name"], given[f"{one.key}-question"]) for one in self.cycles
            ],
            **{name: given[name] for name in (*self.OWN, *self.PRIVACY)},
        )
