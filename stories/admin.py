"""Stories as facilitators look after them: read, publish, return, hide. Their words are not theirs
to change."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from communities.admin import ActForm, CommunityAdmin, site
from communities.permissions import Permission
from communities.viewer import Viewer

from . import actions
from .models import Story

REVIEWS = {"publish": actions.publish, "return": actions.return_, "hide": actions.hide}


class ReviewForm(ActForm):
    review = forms.ChoiceField(
        label=_("What to do"),
        required=False,
        choices=[
            ("", _("Nothing now")),
            ("publish", _("Publish")),
            ("return", _("Return with a note")),
            ("hide", _("Hide with a reason")),
        ],
    )
    words = forms.CharField(
        label=_("Note to the teller"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    class Meta:
        model = Story
        fields = []

    def act(self):
        review = self.cleaned_data["review"]
        if not review:
            return self.instance
        words = {} if review == "publish" else {"note": self.cleaned_data["words"]}
        return REVIEWS[review](story=self.instance, by=self.by, **words)


@admin.register(Story, site=site)
class StoryAdmin(CommunityAdmin):
    permission = Permission.REVIEW_STORY
    form = ReviewForm
    list_display = ["title", "told_by", "status", "audience", "submitted_at", "community"]
    list_filter = ["status", "audience"]
    list_select_related = ["community", "teller__user"]
    search_fields = ["title"]
    ordering = ["-created_at", "-pk"]
    actions = ["publish"]
    fields = ["title", "told_by", "page", "status", "audience", "note", "review", "words"]
    readonly_fields = ["title", "told_by", "page", "status", "audience", "note"]

    def get_queryset(self, request):
        """What the person may open as a facilitator, by the one query that decides it."""
        mine = Q(pk__in=[])
        for community in self.communities(request):
            viewer = Viewer.of(request.user, community)
            mine |= Q(pk__in=Story.objects.reviewable_by(viewer).values("pk"))
        return Story.objects.filter(mine).order_by(*self.ordering)

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("told by"))
    def told_by(self, story):
        return story.told_by

    @admin.display(description=_("its page"))
    def page(self, story):
        address = reverse("stories:story", args=[story.community.slug, story.pk])
        return format_html('<a href="{}">{}</a>', address, _("Read the story"))

    @admin.action(description=_("Publish the chosen stories"))
    def publish(self, request, chosen):
        for story in chosen:
            try:
                actions.publish(story=story, by=request.user)
            except ValidationError as error:
                self.message_user(request, f"{story}: {' '.join(error.messages)}", "WARNING")
            else:
                self.message_user(request, _("Published: %(story)s.") % {"story": story})

    def log_change(self, request, obj, message):
        """No copy of a story's title is kept in the admin's log."""
