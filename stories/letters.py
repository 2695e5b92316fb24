"""What the mails on stories say. Who may read one is asked when the mail is sent."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.addresses import site_address
from communities.mail import Message, kind, post, post_once
from communities.models import Community
from communities.permissions import Permission, Role
from communities.viewer import Viewer

from .models import Concern, PrivateAddress, Status, Story
from .proposed import waiting_for
from .rights import UNDO_SECONDS

# Somebody who writes down many parts asks each teller once.
ASKED_AFTER = 15 * 60


def mail_private_address(address):
    if address.story.teller.email:
        post("private_address", to_teller=address.story.teller, address=address.pk)


def facilitators_of(community):
    people = community.memberships.filter(roles__contains=[Role.FACILITATOR], user__is_active=True)
    return people.select_related("user").order_by("pk")


def tell_facilitators(story, what):
    """`what` its teller did: submitted it, told it to its readers at once, or revised it then."""
    for membership in facilitators_of(story.community).exclude(user=story.teller.user_id):
        post(f"story_{what}", user=membership.user, story=story.pk)


def tell_of_concern(concern):
    for membership in facilitators_of(concern.community):
        post("concern_raised", user=membership.user, concern=concern.pk)


def tell_teller(story, by):
    """Nothing to somebody without an account, nor to the teller about what they did."""
    if story.teller.user and story.teller.user != by:
        post(f"story_{story.status}", user=story.teller.user, story=story.pk, after=UNDO_SECONDS)


def ask_tellers(community, stories, by):
    """Those with an account, of the `stories` (ids) of which somebody else wrote something down."""
    asked = Story.objects.filter(pk__in=stories, teller__user__isnull=False)
    users = asked.exclude(teller__user=by).values_list("teller__user", flat=True)
    post_once("story_asks", set(users), after=ASKED_AFTER, community=community.pk)


def readable(mail, status):
    """The story, if it still is as the mail says and its reader may still open it."""
    story = Story.objects.filter(pk=mail.about["story"], status=status).first()
    viewer = story and Viewer.of(mail.user, story.community)
    return story if viewer and Story.objects.visible_to(viewer).filter(pk=story.pk) else None


def message(mail, story, subject, *paragraphs):
    address = reverse("stories:story", args=[story.community.slug, story.pk])
    return Message(
        to=mail.user.email,
        subject=subject % story.community,
        paragraphs=[*paragraphs],
        button=(_("Read it"), site_address(address)),
    )


@kind("story_submitted", gettext_lazy("A story waits to be read and published"))
def story_submitted(mail):
    story = readable(mail, Status.SUBMITTED)
    if story:
        told = _("A story waits for a facilitator: %s") % story.title
        return message(mail, story, _("A story waits in “%s”"), told)


@kind("story_revised", gettext_lazy("A published story was changed by its teller"))
def story_revised(mail):
    story = readable(mail, Status.PUBLISHED)
    if story:
        told = _("Its teller changed a published story: %s") % story.title
        return message(mail, story, _("A published story in “%s” was changed"), told)


@kind("story_told", gettext_lazy("A story was published as soon as it was told"))
def story_told(mail):
    story = readable(mail, Status.PUBLISHED)
    if story:
        told = _("A story was told and published at once: %s") % story.title
        return message(mail, story, _("A new story in “%s”"), told)


@kind("story_returned", gettext_lazy("A story of mine comes back with a question"))
def story_returned(mail):
    story = readable(mail, Status.RETURNED)
    if story:
        told = _("Your story came back with a question: %s") % story.title
        return message(mail, story, _("A question about your story in “%s”"), told, story.note)


@kind("story_published", gettext_lazy("A story of mine is published"))
def story_published(mail):
    story = readable(mail, Status.PUBLISHED)
    if story:
        told = _("Your story is published: %s") % story.title
        return message(
            mail,
            story,
            _("Your story in “%s” is published"),
            told,
            _("You can still change who may read it, or take it back, at any time."),
        )


@kind("story_asks", gettext_lazy("Somebody asks whether a part of my story is so"))
def story_asks(mail):
    community = Community.objects.get(pk=mail.about["community"])
    many = Viewer.of(mail.user, community) and waiting_for(mail.user, community)
    if not many:
        return None
    asks = ngettext(
        "%(count)s of your stories asks whether it is so",
        "%(count)s of your stories ask whether it is so",
        many,
    )
    return Message(
        to=mail.user.email,
        subject=_("A question to you in “%s”") % community,
        paragraphs=[
            asks % {"count": many} + ".",
            _("Somebody wrote down a part that you have not told. It counts only if you say so."),
        ],
        button=(
            _("Have a look"),
            site_address(reverse("stories:mine", args=[community.slug])),
        ),
    )


@kind("concern_raised", gettext_lazy("Somebody says that a story is about them"))
def concern_raised(mail):
    """What they wrote stays out of it: it is about a person who may not know of the mail."""
    concern = Concern.objects.waiting().filter(pk=mail.about["concern"]).first()
    viewer = concern and Viewer.of(mail.user, concern.community)
    if not viewer or not viewer.can(Permission.REVIEW_STORY):
        return None
    paragraphs = [_("Somebody says that a story in “%s” is about them.") % concern.community]
    if concern.has_hidden:
        paragraphs.append(_("It is hidden until a facilitator has looked at it."))
    address = reverse("stories:concerns", args=[concern.community.slug])
    return Message(
        to=mail.user.email,
        subject=_("A story in “%s” may be about somebody") % concern.community,
        paragraphs=paragraphs,
        button=(_("Read it"), site_address(address)),
    )


@kind("private_address")
def private_address(mail):
    """The title and the teller's name stay out of it: a mail is read by others too."""
    address = PrivateAddress.objects.open().filter(pk=mail.about["address"]).first()
    if not address or address.story.teller.user_id or not address.story.teller.email:
        return None
    until = date_format(timezone.localtime(address.expires_at), "DATE_FORMAT")
    return Message(
        to=address.story.teller.email,
        subject=_("Your story in “%s”") % address.story.community,
        paragraphs=[
            _(
                "At the address below you read your story, say whether it is written as you told it,"
                " and decide who may see it."
            ),
            _("It is for you alone, and open until %s.") % until,
        ],
        button=(_("To your story"), site_address(address.path)),
    )
