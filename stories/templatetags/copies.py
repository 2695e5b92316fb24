"""What pages hand to the script that keeps copies in the browser."""

from django import template

from stories import copies

register = template.Library()


@register.simple_tag
def copies_owner(user):
    return copies.owner_of(user)


@register.simple_tag
def copies_key(user, community):
    return copies.key_of(user, community)
