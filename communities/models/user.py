"""People and their accounts. The address is the login; other members never see it."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import AddressField, NameField


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
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Empty: as the browser says.")
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, blank=True, help_text=_("Empty: as the community has it.")
    )
    unwanted_mails = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("mails not wanted"),
        default=list,
        blank=True,
    )
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
