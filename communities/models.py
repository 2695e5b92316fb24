"""Communities, their people, their cycles and the tellers of their stories."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from valuecreation.framework import LOOKS

from .fields import AddressField, NameField, WordsField
from .permissions import Role, roles_with


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    email = AddressField(
        _("e-mail"), unique=True, error_messages={"unique": _("This address is already in use.")}
    )
    name = NameField(_("name"), max_length=200)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.name or _("somebody")

    @property
    def is_staff(self):
        """Django's admin asks this; who enters is decided by `communities.admin.site`."""
        return False


class CommunityQuerySet(models.QuerySet):
    def where(self, user, permission):
        """The communities in which this person holds the permission."""
        return self.filter(
            memberships__in=Membership.objects.filter(
                user=user, user__is_active=True, roles__overlap=roles_with(permission)
            )
        )

    def of(self, user):
        return self.filter(memberships__user=user, memberships__user__is_active=True)


class Community(models.Model):
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    name = NameField(_("name"), max_length=200)
    purpose = WordsField(_("purpose"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    scheme = models.CharField(_("scheme of cycles"), max_length=20)
    example_note = WordsField(
        _("example note"), blank=True, help_text=_("Shown on every page of an example community.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


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


class Invitation(models.Model):
    """Asks somebody into a community. Only a hash of its secret is stored."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="invitations")
    email = AddressField(blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list)
    stakeholder_group = models.ForeignKey(StakeholderGroup, models.PROTECT, null=True, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    uses_left = models.PositiveIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=one_role_of("roles", Role), name="invitation_has_known_roles"
            )
        ]

    def __str__(self):
        return str(self.community)


class Cycle(models.Model):
    """A cycle of value, as this community names it. Never a constant in code."""

    class Kind(models.TextChoices):
        STAGE = "stage", _("Stage: a column of the matrix")
        SIDE = "side", _("Side: a band beside the stages")

    community = models.ForeignKey(
        Community, models.CASCADE, related_name="cycles", verbose_name=_("community")
    )
    key = models.SlugField(_("key"), max_length=30)
    name = NameField(_("name"), max_length=60)
    question = NameField(_("question"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.STAGE)
    position = models.PositiveSmallIntegerField(_("position"))
    colour = models.CharField(_("colour"), max_length=20)
    shape = models.CharField(_("shape"), max_length=20)
    has_capitals = models.BooleanField(_("asks for a capital"), default=False)

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="cycle_key_once"),
            models.UniqueConstraint(
                fields=["community", "position"],
                name="cycle_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(colour__in=[look.colour for look in LOOKS])
                & Q(shape__in=[look.shape for look in LOOKS]),
                name="cycle_has_a_tested_look",
                violation_error_message=_("Choose one of the eight colours and shapes."),
            ),
        ]

    def __str__(self):
        return self.name


class Teller(models.Model):
    """Whose story it is. Deleting an account empties the row; the row stays."""

    class Kind(models.TextChoices):
        USER = "user", _("Somebody with an account")
        GUEST = "guest", _("A guest")
        UNKNOWN = "unknown", _("Not known")
        FORMER = "former", _("Former member")

    community = models.ForeignKey(
        Community, models.CASCADE, related_name="tellers", verbose_name=_("community")
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    user = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tellers",
        verbose_name=_("person"),
    )
    name = NameField(_("name"), max_length=200, blank=True)
    email = AddressField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("teller")
        verbose_name_plural = _("tellers")
        constraints = [
            models.UniqueConstraint(fields=["community", "user"], name="teller_once"),
            models.CheckConstraint(
                condition=Q(kind="user", user__isnull=False) | (~Q(kind="user") & Q(user=None)),
                name="teller_kind_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(kind="guest", name=""),
                name="guest_has_a_name",
                violation_error_message=_("Give the guest's name."),
            ),
        ]

    def __str__(self):
        if self.kind == self.Kind.USER:
            return str(self.user)
        if self.kind == self.Kind.GUEST:
            return self.name
        return str(self.get_kind_display())


class AuditEntry(models.Model):
    """An act on people: who did what to which row. Ids only, never names or text."""

    community = models.ForeignKey(
        Community, models.CASCADE, null=True, related_name="audit_entries"
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=40)
    about_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = [F("at").desc(), "-pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
