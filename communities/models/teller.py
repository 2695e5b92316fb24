"""Whose story it is: a person with an account, a guest, or somebody not known."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..fields import AddressField, NameField
from .community import Community
from .user import User


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
    # Where two rows turned out to be one person: the row that stands for both.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )

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
                condition=Q(merged_into=None) | ~Q(kind="user"),
                name="teller_with_account_stays",
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
