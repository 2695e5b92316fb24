"""Stories as facilitators look after them: read, publish, return, hide. Their words are not theirs
to change."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from communities.admin import CommunityAdmin, site
from communities.adminforms import ActForm
from communities.permissions import Permission
from communities.viewer import Viewer

from . import actions
from .models import Story
from .others import found_in
from .rights import ACTS

REVIEWS = {"publish": actions.publish, "return": actions.return_, "hide": actions.hide}
CHOICES = {
    "": _("Nothing now"),
    "publish": _("Publish"),
    "return": _("Return with a note"),
    "hide": _("Hide with a reason"),
}


OTHERS = forms.ChoiceField(
    label=_("Does it name or describe somebody who has not agreed?"),
    required=False,
    choices=[("", _("not looked at yet")), *Story.Others.choices],
)


class ReviewForm(ActForm):
    review = forms.ChoiceField(label=_("What to do"), required=False, choices=CHOICES.items())
    others = OTHERS
    note = forms.CharField(
        label=_("Note to the teller"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to return or to hide a story; the teller reads it."),
    )

    class Meta:
        model = Story
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The note that was written before stands above; the question is this reader's to answer.
        self.initial |= {"note": "", "others": ""}
        # What was chosen in a page that is older than the story stays in sight, and is refused.
        kept = {"", self.data.get("review")}
        kept |= {act for act in REVIEWS if self.instance.status in ACTS[act].when}
        offered = [(act, label) for act, label in CHOICES.items() if act in kept]
        self.fields["review"].widget.choices = offered

    def act(self):
        review = self.cleaned_data["review"]
        if not review:
            return self.instance
        said = "others" if review == "publish" else "note"
        kwargs = {said: self.cleaned_data[said]}
        return REVIEWS[review](story=self.instance, by=self.by, **kwargs)


class PublishForm(ActionForm):
    """Beside the choice of an action on several stories."""

    others = OTHERS


@admin.register(Story, site=site)
class StoryAdmin(CommunityAdmin):
    permission = Permission.REVIEW_STORY
    form = ReviewForm
    list_display = ["name", "told_by", "status", "audience", "submitted_at"]
    list_filter = ["status", "audience"]
    list_select_related = ["community", "teller__user"]
    search_fields = ["title"]
    search_help_text = _("Search by title")
    ordering = ["-created_at", "-pk"]
    actions = ["publish"]
    fieldsets = [
        (
            _("The story"),
            {"fields": ["name", "told_by", "page", "status", "audience", "standing_note"]},
        ),
        (
            _("Your review"),
            {
                "fields": ["review", "others", "found", "note"],
                "description": _("The words are the teller's: they can be returned, not changed."),
            },
        ),
    ]
    readonly_fields = ["name", "told_by", "page", "status", "audience", "standing_note", "found"]
    action_form = PublishForm

    def get_queryset(self, request):
        """What the person may open as a facilitator, by the one query that decides it."""
        mine = Q(pk__in=[])
        for community in self.communities(request):
            viewer = Viewer.of(request.user, community)
            mine |= Q(pk__in=Story.objects.reviewable_by(viewer).values("pk"))
        return Story.objects.filter(mine).order_by(*self.ordering)

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("title"), ordering="title")
    def name(self, story):
        return str(story)

    @admin.display(description=_("note so far"))
    def standing_note(self, story):
        return story.note

    @admin.display(description=_("told by"))
    def told_by(self, story):
        return story.told_by

    @admin.display(description=_("its page"))
    def page(self, story):
        address = reverse("stories:story", args=[story.community.slug, story.pk])
        return format_html('<a href="{}">{}</a>', address, _("Read the story"))

    @admin.display(description=_("what may lead to somebody"))
    def found(self, story):
        words = format_html_join(
            ", ", "<bdi translate=no>{}</bdi>", ([one.text] for one in found_in(story))
        )
        return words or "–"

    @admin.action(description=_("Publish the chosen stories"))
    def publish(self, request, chosen):
        others = request.POST.get("others", "")
        for story in chosen:
            try:
                actions.publish(story=story, by=request.user, others=others)
            except ValidationError as error:
                self.message_user(request, f"{story}: {' '.join(error.messages)}", "WARNING")
            else:
                self.message_user(request, _("Published: %(story)s.") % {"story": story})
                self.log_change(request, story, str(CHOICES["publish"]))

    def construct_change_message(self, request, form, formsets, add=False):
        return str(CHOICES[form.cleaned_data["review"]])

    def log_change(self, request, obj, message):
        """What was done to which story, without its title or anything said."""
        return LogEntry.objects.create(
            user=request.user,
            content_type=get_content_type_for_model(obj),
            object_id=obj.pk,
            object_repr=f"{obj._meta.verbose_name} {obj.pk}",
            action_flag=CHANGE,
            change_message=message,
        )
