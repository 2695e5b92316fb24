"""Numbers of indicators as people read them: in their language's format, with their unit."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .models import Definition

NBSP = "\N{NO-BREAK SPACE}"


def figure(observation):
    """An observation's value in words: "78.9 %", "63", "3.4 days", a level, or the words."""
    if observation.kind == Definition.Kind.LEVEL:
        return observation.level
    if observation.kind == Definition.Kind.TEXT:
        return observation.words
    return quantity(observation.number, unit_of(observation.definition))


def quantity(number, unit=""):
    """At most one decimal is shown where there are any; the stored value keeps all."""
    number = round(number, 1)
    places = 0 if number == number.to_integral_value() else 1
    text = number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{text}{NBSP}{unit}" if unit else text


def unit_of(definition):
    return "%" if definition.kind == definition.Kind.PERCENTAGE else definition.unit


def parts(observation):
    """ "146 of 185" for a percentage, else nothing."""
    if observation.kind != Definition.Kind.PERCENTAGE:
        return ""
    return _("%(part)s of %(whole)s") % {
        "part": quantity(observation.numerator),
        "whole": quantity(observation.denominator),
    }
