"""The last day of a round, for the calendar of whoever is asked."""

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from communities.addresses import site_address


def calendar_of(round):
    """An iCalendar file (RFC 5545) with the last day as a whole day, which is what a date without an
    end means; None where there is none."""
    if not round.closes_on:
        return None
    indicator = round.indicator
    address = reverse("negotiation", args=[indicator.community.slug, indicator.code])
    event = Event()
    event.add("uid", f"round-{round.pk}@{site_address('').rpartition('/')[2]}")
    event.add("dtstamp", round.opened_at)
    event.add("dtstart", round.closes_on)
    event.add("summary", _("Last day: does “%s” matter to you?") % indicator)
    event.add("url", site_address(address))
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", "-//Value creation tracker//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()
