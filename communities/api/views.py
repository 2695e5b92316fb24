"""Addresses of the API on communities and their people."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated, Throttled
from rest_framework.response import Response

from communities import actions
from communities.fields import clean_email
from communities.forms import MOST_DAYS, MemberForm
from communities.models import Community, Cycle, Invitation, Membership, StakeholderGroup, Teller
from communities.pasted import MOST
from communities.permissions import Permission
from communities.sign_in import is_too_often

from .documents import Document, Moment, Roles, checked, document_of, filled, require_valid
from .schema import example, page_of
from .view import ApiView, CommunityView, found_or_404, tagged

WAIT = 3600


class CycleDocument(serializers.ModelSerializer):
    class Meta:
        model = Cycle
        fields = ["key", "name", "question", "kind", "position", "colour", "shape", "has_capitals"]


class GroupDocument(serializers.ModelSerializer):
    class Meta:
        model = StakeholderGroup
        fields = ["id", "name", "axis"]


class CommunityDocument(serializers.ModelSerializer):
    class Meta:
        model = Community
        fields = ["slug", "name", "purpose", "language", "time_zone", "scheme", "is_public"]


class WholeCommunityDocument(CommunityDocument):
    """`roles`: those of whoever asks; `stakeholder_groups`: for whoever takes part."""

    roles = Roles()
    cycles = CycleDocument(many=True)
    stakeholder_groups = GroupDocument(many=True)

    class Meta(CommunityDocument.Meta):
        fields = [*CommunityDocument.Meta.fields, "roles", "cycles", "stakeholder_groups"]


class MemberDocument(serializers.ModelSerializer):
    """`user`: the person's number, as a story's `teller` has it."""

    name = serializers.CharField(source="user.name")
    roles = Roles()
    stakeholder_group = serializers.IntegerField(source="stakeholder_group_id", allow_null=True)
    joined_at = Moment()

    class Meta:
        model = Membership
        fields = ["id", "user", "name", "roles", "stakeholder_group", "joined_at"]


class InvitationDocument(serializers.ModelSerializer):
    roles = Roles()
    stakeholder_group = serializers.IntegerField(source="stakeholder_group_id", allow_null=True)
    is_open = serializers.BooleanField()
    has_come = serializers.BooleanField(source="uses")
    expires_at = Moment()
    created_at = Moment()

    class Meta:
        model = Invitation
        fields = ["id", "name", "email", "roles", "stakeholder_group", "is_open", "has_come"]
        fields += ["created_at", "expires_at"]


class TellerDocument(serializers.ModelSerializer):
    """Somebody with an account (`user`), a guest (`name`), or nobody known. Addresses are not told."""

    user = serializers.IntegerField(source="user_id", allow_null=True)
    name = serializers.SerializerMethodField()

    class Meta:
        model = Teller
        fields = ["id", "kind", "user", "name"]

    def get_name(self, teller) -> str | None:
        return teller.user.name if teller.user else teller.name or None


class Communities(ApiView):
    """Those that you belong to, and that your token is good for."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not request.user.is_authenticated:
            raise NotAuthenticated

    @extend_schema(responses=CommunityDocument(many=True), operation_id="communities_list")
    def get(self, request):
        found = Community.objects.of(request.user)
        if request.auth and (chosen := request.auth.chosen):
            found = found.filter(pk__in=chosen)
        return Response(CommunityDocument(found, many=True).data)


class OneCommunity(CommunityView):
    """The community with its cycles and stakeholder groups."""

    permissions = {"GET": Permission.SEE_MATRIX}

    @extend_schema(responses=WholeCommunityDocument)
    def get(self, request, slug):
        found = self.community
        found.roles = self.viewer.roles
        document = WholeCommunityDocument(found).data
        if not self.viewer.can(Permission.NEGOTIATE):
            document["stakeholder_groups"] = []
        return tagged(document, seen=request.headers.get("If-None-Match"))


MemberChange = document_of(MemberForm, "MemberChange", optional={"roles"})


class Members(CommunityView):
    """Who belongs to the community."""

    permissions = {"GET": Permission.KEEP_PEOPLE}

    @extend_schema(responses=page_of(MemberDocument))
    def get(self, request, slug):
        return self.pages(members_of(self.community), MemberDocument)


class OneMember(CommunityView):
    """One person of the community."""

    permissions = dict.fromkeys(["GET", "PATCH", "DELETE"], Permission.KEEP_PEOPLE)

    @extend_schema(responses=MemberDocument)
    def get(self, request, slug, pk):
        return Response(MemberDocument(found_or_404(members_of(self.community), pk=pk)).data)

    @extend_schema(request=MemberChange, responses=MemberDocument)
    def patch(self, request, slug, pk):
        """Other roles, or another stakeholder group. The last facilitator stays one."""
        found = found_or_404(members_of(self.community), pk=pk)
        form = require_valid(filled(MemberForm, MemberChange, request.data, membership=found))
        return Response(MemberDocument(form.act(request.user)).data)

    @extend_schema(responses={204: None})
    def delete(self, request, slug, pk):
        """Takes somebody out of the community. Their stories stay theirs."""
        found = found_or_404(members_of(self.community), pk=pk)
        actions.remove(membership=found, by=request.user)
        return Response(status=204)


class PersonDocument(Document):
    email = serializers.EmailField()
    name = serializers.CharField(required=False, allow_blank=True, max_length=200)


class NewInvitations(Document):
    people = PersonDocument(many=True, allow_empty=False)
    roles = Roles(allow_empty=False)
    stakeholder_group = serializers.IntegerField(required=False, allow_null=True)
    days = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_DAYS, help_text="How long they are open."
    )

    def validate_people(self, people):
        if len(people) > MOST:
            words = _("These are %(count)d addresses; at most %(most)d are invited at once.")
            raise serializers.ValidationError(words % {"count": len(people), "most": MOST})
        found = {}
        for one in people:
            email = clean_email(one["email"])
            found[email] = found.get(email) or one.get("name", "")
        return [(name, email) for email, name in found.items()]


class Invited(serializers.Serializer):
    """The invitations that were made or sent again, and the numbers of the members who are here
    already."""

    invitations = InvitationDocument(many=True)
    members = serializers.ListField(child=serializers.IntegerField())


TWO_MEMBERS = {
    "people": [{"name": "Rosa", "email": "rosa@example.org"}, {"email": "noor@example.org"}],
    "roles": ["member"],
}


class Invitations(CommunityView):
    """Who was asked in."""

    permissions = dict.fromkeys(["GET", "POST"], Permission.KEEP_PEOPLE)

    @extend_schema(responses=page_of(InvitationDocument))
    def get(self, request, slug):
        return self.pages(self.community.invitations.all(), InvitationDocument)

    @extend_schema(
        request=NewInvitations, responses=Invited, examples=[example("Two members", TWO_MEMBERS)]
    )
    def post(self, request, slug):
        """Asks people in by mail: all of them or none. Who was asked before is asked again."""
        require_patience(request)
        sent = checked(NewInvitations, request.data)
        group = sent.pop("stakeholder_group", None)
        if group:
            sent["stakeholder_group"] = self.group(group)
        invited = actions.invite(community=self.community, by=request.user, **sent)
        made = {
            "invitations": [*invited.new, *invited.again],
            "members": [one.pk for one in invited.here],
        }
        return Response(Invited(made).data)

    def group(self, pk):
        group = self.community.stakeholder_groups.filter(pk=pk).first()
        if not group:
            raise serializers.ValidationError(
                {"stakeholder_group": [_("Choose a group of this community.")]}
            )
        return group


class Resend(CommunityView):
    """Invites somebody once more, by mail."""

    permissions = {"POST": Permission.KEEP_PEOPLE}

    @extend_schema(request=None, responses=InvitationDocument)
    def post(self, request, slug, pk):
        found = found_or_404(self.community.invitations, pk=pk)
        require_patience(request)
        return Response(InvitationDocument(actions.resend(invitation=found, by=request.user)).data)


class Revoke(CommunityView):
    """Takes an invitation back: it lets nobody in any more."""

    permissions = {"POST": Permission.KEEP_PEOPLE}

    @extend_schema(request=None, responses=InvitationDocument)
    def post(self, request, slug, pk):
        found = found_or_404(self.community.invitations, pk=pk)
        actions.revoke(invitation=found, by=request.user)
        return Response(InvitationDocument(found).data)


class NewGuest(Document):
    """Somebody who tells stories and has no account. Without a name: nobody knows who it is."""

    name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    email = serializers.EmailField(required=False, allow_blank=True)


class Tellers(CommunityView):
    """Whose stories are told here."""

    permissions = dict.fromkeys(["GET", "POST"], Permission.KEEP_PEOPLE)

    @extend_schema(responses=page_of(TellerDocument))
    def get(self, request, slug):
        return self.pages(self.tellers(), TellerDocument)

    @extend_schema(request=NewGuest, responses={201: TellerDocument})
    def post(self, request, slug):
        sent = {"name": ""} | checked(NewGuest, request.data)
        return self.created(
            lambda: actions.add_guest_teller(community=self.community, **sent),
            lambda pk: TellerDocument(found_or_404(self.tellers(), pk=pk)).data,
        )

    def tellers(self):
        return self.community.tellers.filter(merged_into=None).select_related("user")


def members_of(community):
    members = community.memberships.filter(user__is_active=True)
    return members.select_related("user", "stakeholder_group", "community")


def require_patience(request):
    """People are asked in only so often, by page and API together."""
    if is_too_often(request, "invite"):
        raise Throttled(wait=WAIT)
