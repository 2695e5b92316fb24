"""A definition in words, its versions, and what was decided about it."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .figures import quantity
from .models import Decision, Definition


def described(definition):
    """[(label, words)] of how it is counted; what was left empty is left out."""
    said = {name: worded(definition, name) for name in Definition.CONTENT if name not in SHOWN}
    return [(label_of(name), words) for name, words in said.items() if words]


# What stands at the head of an indicator's page.
SHOWN = {"name", "text"}


def label_of(name):
    return capfirst(Definition._meta.get_field(name).verbose_name)


def worded(definition, name):
    if name == "cumulative":
        return _("yes") if definition.cumulative else ""
    if name in {"kind", "direction"}:
        return str(getattr(definition, f"get_{name}_display")())
    value = getattr(definition, name)
    if isinstance(value, list):
        return ", ".join(value)
    return quantity(value, "") if name == "baseline" and value is not None else value or ""


def versions_of(indicator):
    """[(definition, [(label, before, after)] of what it changed)], newest first."""
    definitions = list(indicator.definitions.order_by("number"))
    before = [None, *definitions]
    pairs = zip(definitions, before[: len(definitions)], strict=True)
    return [(one, changes(old, one)) for one, old in pairs][::-1]


def changes(old, new):
    if not old:
        return []
    worded_both = [(name, worded(old, name), worded(new, name)) for name in Definition.CONTENT]
    return [(label_of(name), a, b) for name, a, b in worded_both if a != b]


def decisions_of(indicator):
    """Newest first."""
    decisions = Decision.objects.filter(definition__indicator=indicator)
    return decisions.select_related("definition", "decided_by").order_by("-decided_at", "-pk")
