"""The trail of a story that is being written, drawn as it will be read."""

from .models import Link, Step, Story, Touch
from .reading import ReadStep, joined


def typed_trail(writing):
    """What `reading.trail` will give once the form is saved, as far as it is written."""
    steps = [typed_step(form, writing.choices) for form in writing.steps if is_written(form)]
    numbers = {read.step.pk for read in steps}
    links = [
        *(typed_link(form["led_from"], form.number, form) for form in writing.steps),
        *(typed_link(form["start"], number_in(form["end"]), form) for form in writing.links),
    ]
    joining = {(link.from_step_id, link.to_step_id): link for link in links}
    ends = [link for pair, link in joining.items() if numbers.issuperset(pair)]
    # Nobody is named beside what is only being written.
    return joined(steps, ends, Story(attribution=Story.Attribution.ANONYMOUS))


def is_written(form):
    return bool(form.chosen_cycle and (form["text"].value() or form["indicators"].value()))


def typed_step(form, choices):
    step = Step(
        pk=form.number,
        cycle=form.chosen_cycle,
        text=form["text"].value() or "",
        tense=one_of(Step.Tense, form["tense"].value(), Step.Tense.HAPPENED),
        value=one_of(Step.Value, form["value"].value(), Step.Value.UNSET),
    )
    chosen = {str(pk) for pk in form["indicators"].value() or ()}
    rows = [row for pk, row in choices.indicator_rows.items() if str(pk) in chosen]
    return ReadStep(step, form.number, [Touch(indicator=row) for row in rows])


def typed_link(start, end, form):
    return Link(from_step_id=number_in(start), to_step_id=end, how=form["how"].value() or "")


def number_in(field):
    """Of a step, as a form's field says it; 0 where it says none."""
    value = str(field.value() or "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else 0


def one_of(choices, value, otherwise):
    return choices(value) if value in choices.values else otherwise
