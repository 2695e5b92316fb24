"""Time zones to choose from, by region."""

from itertools import groupby
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

REGIONS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic Ocean"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
}
# Names of places and languages stay as they are.
AS_THEY_ARE = {"translate": "no"}


def zone_choices():
    """[("UTC", "UTC"), (region, [(zone, place)])], as a select wants them."""
    names = sorted(zone for zone in available_timezones() if zone.split("/")[0] in REGIONS)
    regions = groupby(names, key=lambda zone: zone.split("/")[0])
    places = [
        (REGIONS[region], [(zone, zone.split("/", 1)[1].replace("_", " ")) for zone in zones])
        for region, zones in regions
    ]
    return [("UTC", "UTC"), *places]
