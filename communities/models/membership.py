"""Who belongs to a community, in which roles and stakeholder group, and who was asked in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import AddressField, NameField
from ..permissions import ROLE_WORDS, Role
from .community import Community
from .secret import SecretQuerySet, WithSecret
from .user import User


class StakeholderGroup(models.Model):
    class Axis(models.TextChoices):
        HORIZONTAL = "horizontal", _("Horizontal: peers")
        VERTICAL = "vertical", _("Vertical: those one reports to")

    community = models.ForeignKey(
        Community, models.CASCADE, related_name="stakeholder_groups", verbose_name=_("community")
    )
    name = NameField(_("name"), max_length=100)
    axis = models.CharField(_("axis"), max_length=10, choices=Axis)

    class Meta:
        verbose_name = _("stakeholder group")
        verbose_name_plural = _("stakeholder groups")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"],
                name="group_name_once",
                violation_error_message=_("There is a group of this name already."),
            )
        ]

    def __str__(self):
        return self.name


def one_role_of(field, choices):
    """Every entry of the array is one of the choices, and there is at least one."""
    return Q(**{f"{field}__contained_by": [c.value for c in choices]}) & Q(
        **{f"{field}__len__gt": 0}
    )


class Membership(models.Model):
    community = models.ForeignKey(
        Community, models.CASCADE, related_name="memberships", verbose_name=_("community")
    )
    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role), verbose_name=_("roles"), default=list
    )
    stakeholder_group = models.ForeignKey(
        StakeholderGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("stakeholder group"),
    )
    declined_to_tell_at = models.DateTimeField(null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["community", "user"], name="member_once"),
            models.CheckConstraint(
                condition=one_role_of("roles", Role),
                name="membership_has_known_roles",
                violation_error_message=_("Choose at least one role."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {', '.join(str(Role(role).label) for role in self.roles)}"

    @property
    def role_words(self):
        """Each role with what it does here."""
        return [f"{Role(role).label}: {ROLE_WORDS[role]}" for role in self.roles]


class Removal(models.Model):
    """Somebody whom the facilitators took out: an address made for many does not let them in
    again, an invitation of their own does."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="removals")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="removed_once")]

    def __str__(self):
        return str(self.user)


class InvitationQuerySet(SecretQuerySet):
    def open(self):
        """Those that still let somebody in."""
        return self.filter(
            Q(uses_allowed=None) | Q(uses__lt=F("uses_allowed")),
            revoked_at=None,
            declined_at=None,
            expires_at__gt=timezone.now(),
        )

    def waiting_first(self):
        """Those who have not come yet on top, then the newest."""
        return self.annotate(
            waits=Case(When(pk__in=self.open().values("pk"), then=0), default=1)
        ).order_by("waits", "-created_at", "-pk")


class Invitation(WithSecret):
    """Asks somebody into a community: one person by mail, or whoever is given the address."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="invitations")
    email = AddressField(_("e-mail"), blank=True)
    name = NameField(_("name"), max_length=200, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list)
    stakeholder_group = models.ForeignKey(
        StakeholderGroup, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    uses_allowed = models.PositiveIntegerField(null=True, blank=True, default=1)
    uses = models.PositiveIntegerField(default=0, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    declined_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "email"], condition=~Q(email=""), name="invited_once"
            ),
            models.CheckConstraint(
                condition=one_role_of("roles", Role),
                name="invitation_has_known_roles",
                violation_error_message=_("Choose at least one role."),
            ),
            models.CheckConstraint(
                condition=Q(uses_allowed=None) | Q(uses__lte=F("uses_allowed")),
                name="invitation_not_overused",
            ),
        ]

    def __str__(self):
        return self.name or self.email or str(self.community)

    @property
    def role_labels(self):
        return ", ".join(str(Role(role).label) for role in self.roles)

    @property
    def path(self):
        return reverse("join", args=[self.secret])

    @property
    def is_open(self):
        used_up = self.uses_allowed is not None and self.uses >= self.uses_allowed
        closed = used_up or self.revoked_at or self.declined_at
        return not closed and self.expires_at > timezone.now()

    @property
    def state(self):
        """What became of it, as a facilitator reads it."""
        if self.email and self.uses:
            return _("came")
        if self.revoked_at:
            return _("taken back")
        if self.declined_at:
            return _("said no")
        if self.expires_at <= timezone.now():
            return _("expired")
        if not self.is_open:
            return _("used up")
        return _("not come yet") if self.email else _("open")
