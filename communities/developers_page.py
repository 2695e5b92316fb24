"""The page for those who write programs: five minutes with curl."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from .addresses import site_address


@dataclass(frozen=True)
class Stop:
    """A stop of the walk: what one does there, and the command."""

    words: str
    command: str


ASK = 'curl -s -H "Authorization: Bearer $TOKEN"'
TELL = f'{ASK} -H "Content-Type: application/json"'
WALK = [
    Stop(
        _("Whom the token speaks for belongs to these communities. Choose one."),
        f"{ASK} $SITE/api/v1/communities/",
    ),
    Stop(
        _("Its cycles of value and stakeholder groups:"),
        f"{ASK} $SITE/api/v1/communities/$COMMUNITY/",
    ),
    Stop(
        _("What stories say of each indicator, in the first quarter of a year:"),
        f'{ASK} "$SITE/api/v1/communities/$COMMUNITY/matrix/?since=2026-01-01&until=2026-03-31"',
    ),
    Stop(
        _("Tell a story of your own. Sent twice with one key, it is told once."),
        f"""{TELL} -H "Idempotency-Key: $(date +%F)-first" \\
  -d '{{"title": "A new dressing", "audience": "members",
       "steps": [{{"ref": "a", "cycle": "immediate", "text": "We met."}},
                 {{"ref": "b", "cycle": "applied", "text": "I tried it on my ward."}}],
       "links": [{{"from": "a", "to": "b", "how": "I remembered what Ines had said."}}]}}' \\
  $SITE/api/v1/communities/$COMMUNITY/stories/""",
    ),
    Stop(
        _("The answer names its number; hand it in. What is missing is said at its field:"),
        f"{TELL} -d '{{}}' $SITE/api/v1/communities/$COMMUNITY/stories/$STORY/submit/",
    ),
    Stop(
        _("With the answer that was asked for:"),
        f'{TELL} -d \'{{"others": "nobody"}}\' \\\n'
        "  $SITE/api/v1/communities/$COMMUNITY/stories/$STORY/submit/",
    ),
    Stop(
        _("Look for it among the stories, newest first and a page at a time:"),
        f'{ASK} "$SITE/api/v1/communities/$COMMUNITY/stories/?q=dressing&page_size=5"',
    ),
]


def developers(request):
    return render(request, "developers.html", {"walk": WALK, "site": site_address("")})
