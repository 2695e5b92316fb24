"""Time zones to choose from, by region."""

from itertools import groupby
from zoneinfo import available_timezones

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


def zone_choices():
    """[("UTC", "UTC"), (region, [(zone, place)])], as a select wants them."""
    names = sorted(zone for zone in available_timezones() if zone.split("/")[0] in REGIONS)
    regions = groupby(names, key=lambda zone: zone.split("/")[0])
    places = [
        (region, [(zone, zone.split("/", 1)[1].replace("_", " ")) for zone in zones])
        for region, zones in regions
    ]
    return [("UTC", "UTC"), *places]
