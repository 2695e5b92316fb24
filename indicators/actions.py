"""Writes on indicators. Each is one act of one person, and tells that the matrix changed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from communities.fields import as_stored
from communities.signals import tell

from . import letters, negotiating
from .models import Definition, Indicator, Observation, Target

CODE_LENGTH = Indicator._meta.get_field("code").max_length


@transaction.atomic
def propose(*, community, by, cycle, name, capital="", code="", reason="", **content):
    """A new indicator, being negotiated, with its first definition. `code` is kept where free."""
    require_cycle(community, cycle, capital)
    indicator = Indicator(
        community=community,
        code=free_code(community, code or name),
        cycle=cycle,
        capital=capital,
        reason=reason,
        proposed_by=by,
    )
    indicator.full_clean()
    indicator.save()
    define(indicator, by, name=name, **content)
    tell(community, ())
    return indicator


def adopt(*, community, by, preset):
    """An indicator of the starter library as an ordinary row, in the community's language."""
    cycle = community.cycles.filter(key=preset.cycle).first()
    if not cycle:
        raise ValidationError(
            _("“%(name)s” needs a cycle that this community does not have.") % {"name": preset.name}
        )
    with translation.override(community.language):
        return propose(
            community=community,
            by=by,
            cycle=cycle,
            capital=preset.capital,
            code=preset.code,
            name=str(preset.name),
            text=str(preset.text),
            kind=preset.kind,
            unit=str(preset.unit),
            levels=[str(level) for level in preset.levels],
            direction=preset.direction,
            cumulative=preset.cumulative,
            data_source=str(preset.data_source),
            collector=str(preset.collector),
            frequency=str(preset.frequency),
        )


class Conflict(ValidationError):
    """Somebody else changed the same fields meanwhile; `now`: {field: what stands there}."""

    def __init__(self, now):
        super().__init__(_("This was changed meanwhile. Nothing is lost: both are shown."))
        self.now = now


@transaction.atomic
def amend(*, indicator, by, seen=None, **fields):
    """Changes cycle and capital in place; a change of content makes the next definition, and asks
    those who spoke of the one before. What was agreed is being negotiated again: nobody agreed to
    this version. `seen`: what stood in the fields when `by` began; raises Conflict where somebody else
    changed the same ones."""
    indicator = negotiating.locked(indicator)
    before = indicator.definition.content()
    place = {"cycle": indicator.cycle, "capital": indicator.capital}
    content = as_stored(Definition, {name: fields[name] for name in fields.keys() & before.keys()})
    require_unchanged(place | before, seen or {}, fields | content)
    for name in fields.keys() & place.keys():
        setattr(indicator, name, fields[name])
    require_cycle(indicator.community, indicator.cycle, indicator.capital)
    if before | content != before:
        if indicator.state == Indicator.State.AGREED:
            indicator.state = Indicator.State.PROPOSED
        define(indicator, by, **(before | content))
        letters.ask_again(indicator)
    indicator.full_clean()
    indicator.save()
    tell(indicator.community, ())
    return indicator


def require_unchanged(now, seen, fields):
    """Raises Conflict for the fields that no longer hold what was seen, nor what is wanted."""
    changed = [name for name in fields if name in seen and now[name] != seen[name]]
    if conflicts := {name: now[name] for name in changed if now[name] != fields[name]}:
        raise Conflict(conflicts)


@transaction.atomic
def record_observation(*, indicator, by, **content):
    """A value under the definition in force, in force at once."""
    return store_observation(indicator.definition, by, content)


@transaction.atomic
def correct_observation(*, observation, by, **content):
    """The corrected value takes the place of the old one, which is kept, under the definition that
    it was reported by."""
    observation = Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
    if observation.status != Observation.Status.IN_FORCE:
        raise ValidationError(_("This value was replaced already; correct the newer one."))
    kept = {field: getattr(observation, field) for field in Observation.CONTENT}
    content = as_stored(Observation, content)
    if kept | content == kept:
        return observation
    observation.status = Observation.Status.REPLACED
    observation.save(update_fields=["status"])
    return store_observation(observation.definition, by, kept | content)


@transaction.atomic
def set_target(*, indicator, by, start, end, value):
    """What is aimed at in a period, under the definition in force."""
    target = Target(
        definition=indicator.definition, start=start, end=end, value=value, created_by=by
    )
    target.full_clean()
    target.save()
    tell(indicator.community, ())
    return target


@transaction.atomic
def change_target(*, target, by, **content):
    target = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    for name, value in content.items():
        setattr(target, name, value)
    target.full_clean()
    target.save()
    tell(target.definition.indicator.community, ())
    return target


def define(indicator, by, **content):
    number = indicator.definition.number + 1 if indicator.definition else 1
    definition = Definition(indicator=indicator, number=number, created_by=by, **content)
    definition.full_clean()
    if definition.kind == Definition.Kind.LEVEL and len(definition.levels) < 2:
        raise ValidationError({"levels": _("A scale needs at least two levels.")})
    definition.save()
    indicator.definition = definition
    indicator.save(update_fields=["definition"])


def store_observation(definition, by, content):
    observation = Observation(
        indicator=definition.indicator,
        definition=definition,
        kind=definition.kind,
        recorded_by=by,
        **content,
    )
    observation.clean_fields()
    require_fit(observation)
    observation.full_clean()
    observation.save()
    tell(definition.indicator.community, ())
    return observation


def require_cycle(community, cycle, capital):
    if cycle.community_id != community.pk:
        raise ValidationError({"cycle": _("Choose a cycle of this community.")})
    if capital and not cycle.has_capitals:
        raise ValidationError({"capital": _("“%(cycle)s” has no capitals.") % {"cycle": cycle}})


def require_fit(observation):
    """The value is of the indicator's kind. Said at the field; the database keeps the same."""
    kind, levels = observation.get_kind_display().lower(), observation.definition.levels
    names = {"indicator": observation.indicator, "kind": kind, "levels": ", ".join(levels)}
    takes = observation.TAKES[observation.kind]
    faults = {}
    for name in observation.VALUES:
        given = getattr(observation, name) not in (None, "")
        if name in takes and not given:
            faults[name] = _("“%(indicator)s” needs this: it is a %(kind)s.") % names
        elif given and name not in takes:
            faults[name] = _("Leave this empty: “%(indicator)s” is a %(kind)s.") % names
    if not faults and takes == ["level"] and observation.level not in levels:
        faults["level"] = _("Choose one of the levels of “%(indicator)s”: %(levels)s.") % names
    if not faults and "denominator" in takes and observation.denominator <= 0:
        faults["denominator"] = _("This must be more than 0.")
    if observation.category and observation.category not in observation.definition.categories:
        faults["category"] = _("“%(indicator)s” is not broken down by this.") % names
    if not takes:
        faults = {"indicator": _("Stories are counted as they are told; no number is entered.")}
    if faults:
        raise ValidationError(faults)


def free_code(community, wish):
    """A code nobody here uses: the wish, or the wish with a number behind it."""
    stem = slugify(wish)[: CODE_LENGTH - 5] or "indicator"
    taken = set(community.indicators.filter(code__startswith=stem).values_list("code", flat=True))
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(code for code in candidates if code not in taken)
