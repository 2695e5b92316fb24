"""The receipt of a story: a code that its teller keeps. Whoever holds it narrows or withdraws the
story without an account, for as long as the story is there; it shows nothing but the title."""

import base64

from django.utils.crypto import constant_time_compare, salted_hmac

from communities.models import secret

from .models import Story

LENGTH = 12


def code_of(story):
    """Twelve letters and digits (60 bits), made from the site's key and the story's."""
    digest = salted_hmac("stories.receipt", str(story.key), algorithm="sha256").digest()
    return base64.b32encode(digest).decode()[:LENGTH]


def in_groups(code):
    """As it is written down: ABCD-EFGH-JKLM."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def hash_of(code):
    """Whatever its case, and with what people write between the groups."""
    plain = "".join(one for one in code.upper() if one.isalnum())
    # Digits that base 32 does not have were letters.
    plain = plain.replace("0", "O").replace("1", "I").replace("8", "B")
    return secret.hash_of(plain)


def receipt_of(story):
    """The code to show, or none: before the story was submitted, or where the site's key is new."""
    code = code_of(story)
    if story.receipt_hash and constant_time_compare(story.receipt_hash, hash_of(code)):
        return in_groups(code)
    return ""


def find(code):
    """The story of a code, by one look-up in an index; None for any other text."""
    stories = Story.objects.filter(receipt_hash=hash_of(code), purged_at=None)
    return stories.with_people().first()
