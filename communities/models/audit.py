"""What was done to people and in their name, for the facilitators of the community: append-only."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..permissions import Role
from .community import Community


class Act(models.TextChoices):
    FOUND = "found", _("founded the community")
    CHANGE_COMMUNITY = "change_community", _("changed the community")
    OPEN_PAGE = "open_page", _("opened the public page")
    CLOSE_PAGE = "close_page", _("closed the public page")
    ADD_MEMBER = "add_member", _("added a member")
    JOIN = "join", _("joined")
    CHANGE_ROLES = "change_roles", _("changed the roles of a member")
    CHANGE_GROUP = "change_group", _("changed the group of a member")
    REMOVE = "remove", _("removed a member")
    LEAVE = "leave", _("left")
    DEACTIVATE = "deactivate", _("closed an account")
    INVITE = "invite", _("invited somebody")
    RESEND = "resend", _("invited again")
    REVOKE = "revoke", _("took an invitation back")
    DECLINE = "decline", _("said no to an invitation")
    ADD_GROUP = "add_group", _("added a stakeholder group")
    CHANGE_STAKEHOLDER_GROUP = "change_stakeholder_group", _("changed a stakeholder group")
    DELETE_GROUP = "delete_group", _("deleted a stakeholder group")
    MERGE_TELLERS = "merge_tellers", _("joined two tellers into one")
    UNDO_MERGE = "undo_merge", _("undid the joining of two tellers")
    TELL_ELSEWHERE = "tell_elsewhere", _("wrote down a story that was told elsewhere")
    TAKE_SNAPSHOT = "take_snapshot", _("took a snapshot of the matrix")


class AuditEntry(models.Model):
    """An act on people, or in the community's name: who did what to which row. Ids only, never names or text; the row outlives
    everything it points at. The database refuses to change or delete it."""

    community = models.ForeignKey(
        Community, models.DO_NOTHING, db_constraint=False, related_name="audit_entries"
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=40, choices=Act)
    about = models.CharField(max_length=40)
    about_id = models.BigIntegerField(null=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), null=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = [F("at").desc(), "-pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_act_display()}"
