"""Rows that an address with a secret leads to: an invitation, a story of one's own."""

import hashlib
import secrets

from django.db import models
from django.utils.crypto import salted_hmac


def hash_of(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def new_nonce():
    return secrets.token_urlsafe(16)


class SecretQuerySet(models.QuerySet):
    def by_secret(self, secret):
        """At most one row, by one look-up in an index."""
        return self.filter(secret_hash=hash_of(secret))


class WithSecret(models.Model):
    """The secret in the address is made from the site's key and the row's nonce: it can be shown
    and mailed again, and whoever reads only the database cannot use it."""

    nonce = models.CharField(max_length=32, default=new_nonce, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.secret_hash = hash_of(self.secret)
        super().save(*args, **kwargs)

    @property
    def secret(self):
        label = f"{self._meta.app_label}.{self._meta.object_name}"
        return salted_hmac(label, self.nonce, algorithm="sha256").hexdigest()
