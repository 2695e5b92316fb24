"""Creation with an `Idempotency-Key`: sent twice, it makes one."""

import hashlib
import json
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from communities.models import KeyedAnswer

from .problems import Conflict

KEPT = timedelta(hours=24)
LONGEST = KeyedAnswer._meta.get_field("key").max_length


def made_once(request, make):
    """(the id of what `make()` made, whether it was made now). With the key of an earlier request of
    this person's, what that one made; Conflict where that one said something else."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        return make().pk, True
    if len(key) > LONGEST or not key.isprintable():
        raise ValidationError({"Idempotency-Key": [_("At most 255 characters that can be read.")]})
    over = KeyedAnswer.objects.filter(created_at__lte=timezone.now() - KEPT)
    over.filter(user=request.user, key=key).delete()
    fingerprint = fingerprint_of(request)
    with transaction.atomic():
        # Another request with this key that is under way is waited for here.
        answer, is_new = KeyedAnswer.objects.get_or_create(
            user=request.user, key=key, defaults={"fingerprint": fingerprint}
        )
        if is_new:
            answer.made = make().pk
            answer.save(update_fields=["made"])
    if answer.fingerprint != fingerprint:
        raise Conflict(_("This Idempotency-Key was used for another request. Use a new one."))
    return answer.made, is_new


def fingerprint_of(request):
    body = json.dumps(request.data, sort_keys=True)
    return hashlib.sha256(f"{request.get_full_path()} {body}".encode()).hexdigest()


def forget_keys():
    """How many were kept for long enough."""
    over = KeyedAnswer.objects.filter(created_at__lte=timezone.now() - KEPT)
    return over.delete()[0]
