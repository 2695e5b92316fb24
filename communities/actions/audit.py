"""The one way in which an act on people is written down."""

from ..models import AuditEntry


def record(community, act, about, *, by=None, roles=None):
    """`about` is the row that was acted on. Its id is kept, and never a name or a text."""
    audit_row(community, act, about, by=by, roles=roles).save()


def audit_row(community, act, about, *, by=None, roles=None):
    """What `record` writes down, not saved."""
    return AuditEntry(
        community=community,
        actor_id=by and by.pk,
        act=act,
        about=about._meta.model_name,
        about_id=about.pk,
        roles=roles,
    )
