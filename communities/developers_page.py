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


ASK = 'curl -s -H "Authorization: Bearer $TOKEN" \\\n  '
TELL = f'{ASK}-H "Content-Type: application/json" \\\n  '
HERE = "$SITE/api/v1/communities/$COMMUNITY/"
WALK = [
    Stop(
        _("Whom the token speaks for belongs to these communities. Choose one."),
        f"{ASK}$SITE/api/v1/communities/",
    ),
    Stop(
        _("Its cycles of value and stakeholder groups:"),
        f"{ASK}{HERE}",
    ),
    Stop(
        _("What stories say of each indicator, in the first quarter of a year:"),
        f'{ASK}"{HERE}matrix/?since=2026-01-01&until=2026-03-31"',
    ),
    Stop(
        _("Tell a story of your own. Sent twice with one key, it is told once."),
        f"""{TELL}-H "Idempotency-Key: $(date +%F)-first" \\
  -d '{{"title": "A new dressing", "audience": "members",
       "steps": [
         {{"ref": "a", "cycle": "immediate", "text": "We met."}},
         {{"ref": "b", "cycle": "applied", "text": "I tried it."}}],
       "links": [{{"from": "a", "to": "b", "how": "I remembered."}}]}}' \\
  {HERE}stories/""",
    ),
    Stop(
        _("The answer names its number; hand it in. What is missing is said at its field:"),
        f"{TELL}-d '{{}}' {HERE}stories/$STORY/submit/",
    ),
    Stop(
        _("With the answer that was asked for:"),
        f'{TELL}-d \'{{"others": "nobody"}}\' \\\n  {HERE}stories/$STORY/submit/',
    ),
    Stop(
        _("Look for it among the stories, newest first and a page at a time:"),
        f'{ASK}"{HERE}stories/?q=dressing&page_size=5"',
    ),
]


def developers(request):
    """The walk; tests/test_developers.py walks it."""
    return render(request, "developers.html", {"walk": WALK, "site": site_address("")})
