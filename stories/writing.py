"""A story as it is written: its forms as one, from what is stored or typed to what the actions take."""

from django.forms.utils import ErrorDict
from django.http import QueryDict

from valuecreation.alphabet import place_of
from valuecreation.starts import STARTS

from .forms import LinkForm, StepForm, StoryForm
from .models import Link, Status, Step, Story
from .trail import WrittenLink, WrittenStep

FIRST_STEPS = 3


class Choices:
    """What a step can be put to in this community, read once for all steps of a form."""

    def __init__(self, community, story=None):
        self.cycle_rows = {cycle.pk: cycle for cycle in community.cycles.all()}
        self.cycles = [(cycle.pk, cycle.name) for cycle in self.cycle_rows.values()]
        kept = {touch.indicator_id for step in steps_of(story) for touch in step.touches.all()}
        rows = sorted(community.indicators.in_reading_order(), key=lambda row: place_of(str(row)))
        self.indicator_rows = {row.pk: row for row in rows if row.is_offered or row.pk in kept}
        # What was chosen in an older page, of which another one stands now.
        self.merged = {str(row.pk): str(standing(row, rows)) for row in rows if row.merged_into_id}
        self.indicators = [
            (
                cycle.name,
                [(row.pk, str(row)) for row in self.indicator_rows.values() if row.cycle_id == pk],
            )
            for pk, cycle in self.cycle_rows.items()
        ]
        self.indicators = [group for group in self.indicators if group[1]]


def standing(indicator, rows):
    """The id of the indicator that stands for a merged one."""
    of = {row.pk: row.merged_into_id for row in rows}
    pk = indicator.pk
    while of[pk]:
        pk = of[pk]
    return pk


def steps_of(story):
    return list(story.steps.all()) if story else []


class Writing:
    """The story form, its steps and its further links as one: what the page shows and sends."""

    def __init__(self, community, story=None, data=None, start=""):
        self.community = community
        self.story = story
        self.start = STARTS.get(data.get("start") if data is not None else start)
        self.choices = Choices(community, story)
        self.stored = {step.pk: step for step in steps_of(story)}
        initial_steps, initial_links = self.initial()
        self.form = StoryForm(data, instance=story or Story(community=community))
        if not story:
            self.form.initial["audience"] = None
        count = self.count(data, "steps", len(initial_steps))
        self.steps = [
            StepForm(
                data,
                prefix=f"steps-{index}",
                initial=initial_steps[index] if index < len(initial_steps) else {},
                choices=self.choices,
                number=index + 1,
                count=count,
                start=self.start,
            )
            for index in range(count)
        ]
        self.links = [
            LinkForm(
                data,
                prefix=f"links-{index}",
                initial=initial_links[index] if index < len(initial_links) else {},
                count=count,
            )
            for index in range(self.count(data, "links", len(initial_links)))
        ]

    @staticmethod
    def count(data, name, otherwise):
        """How many rows the page had; a forged number is no reason to make a thousand."""
        if data is None:
            return otherwise
        sent = str(data.get(f"{name}-count", ""))
        return min(int(sent), Step.MOST + 1) if sent.isdecimal() and len(sent) < 6 else 0

    def initial(self):
        """What is stored, as the page shows it: the first link that arrives at a step stands with
        it, any other stands below."""
        if not self.story and self.start:
            return self.first_steps(), []
        if not self.story:
            stages = [c.pk for c in self.choices.cycle_rows.values() if c.kind == "stage"]
            return [
                {"cycle": pk, "led_from": index or None}
                for index, pk in enumerate(stages[:FIRST_STEPS])
            ], []
        numbers = {pk: number for number, pk in enumerate(self.stored, start=1)}
        arriving, further = {}, []
        for link in self.story.links.all():
            start, end = numbers[link.from_step_id], numbers[link.to_step_id]
            content = {name: getattr(link, name) for name in Link.CONTENT}
            if end in arriving:
                further.append({"start": start, "end": end} | content)
            else:
                arriving[end] = {"led_from": start} | content
        steps = [
            {
                "step": step.pk,
                "cycle": step.cycle_id,
                "text": step.text,
                "tense": step.tense,
                "value": step.value,
                "capital": step.capital,
                "indicators": [touch.indicator_id for touch in step.touches.all()],
            }
            | arriving.get(number, {})
            for number, step in enumerate(self.stored.values(), start=1)
        ]
        return steps, further

    def first_steps(self):
        """Of a story that is begun in one of the ways to start. Whether one led to another is for
        its teller to say."""
        cycles = {row.key: row.pk for row in self.choices.cycle_rows.values()}
        steps = [
            {"cycle": cycles.get(key) or self.cycle_after(None), "tense": self.start.tense}
            for _prompt, key in self.start.steps
        ]
        steps[-1]["value"] = self.start.value
        return steps

    @property
    def next_number(self):
        """Of the step that "Add a step" adds."""
        return len(self.steps) + 1

    @property
    def is_sendable(self):
        return not self.story or self.story.status in {Status.DRAFT, Status.RETURNED}

    def is_valid(self):
        forms_of_it = [self.form, *self.steps, *self.links]
        # Every form is asked, so that every fault is shown at once.
        valid = [form.is_valid() for form in forms_of_it]
        return all(valid)

    def written(self):
        """(fields, steps, links) for the actions; links by index within the steps that are kept."""
        kept = [form for form in self.steps if not form.is_blank]
        places = {form.number: index for index, form in enumerate(kept)}
        steps = [self.written_step(form.cleaned_data) for form in kept]
        links = [
            self.written_link(places, form.cleaned_data["led_from"], form.number, form.cleaned_data)
            for form in kept
        ] + [
            self.written_link(places, data.get("start"), data.get("end"), data)
            for data in (form.cleaned_data for form in self.links)
        ]
        return self.form.written(), steps, [link for link in links if link]

    def written_step(self, data):
        return WrittenStep(
            cycle=self.choices.cycle_rows[data["cycle"]],
            text=data["text"],
            tense=data["tense"],
            value=data["value"],
            capital=data["capital"],
            indicators=[self.choices.indicator_rows[pk] for pk in data["indicators"]],
            proposes=data["proposes"],
            proposes_why=data["proposes_why"],
            step=self.stored.get(data["step"]),
        )

    @staticmethod
    def written_link(places, start, end, data):
        """None where there is no link, or an end of it was taken out or left blank."""
        if start not in places or end not in places:
            return None
        content = {name: data[name] for name in Link.CONTENT}
        return WrittenLink(places[start], places[end], **content)

    def with_another(self, row):
        """The same writing, nothing checked yet, with one more step or link (`row`) to write in."""
        data = self.form.data.copy()
        name = {"step": "steps", "link": "links"}[row]
        count = min(len(getattr(self, name)), Step.MOST) + 1
        data[f"{name}-count"] = str(count)
        if row == "step":
            previous = self.steps[-1]["cycle"].value() if self.steps else None
            data[f"steps-{count - 1}-cycle"] = str(self.cycle_after(previous))
            data[f"steps-{count - 1}-led_from"] = str(count - 1) if count > 1 else ""
            data[f"steps-{count - 1}-value"] = Step.Value.UNSET
        return Writing(self.community, self.story, data).unchecked()

    def arranged(self, act):
        """The same writing, nothing checked yet, with step N moved (`up-N`, `down-N`), taken out
        (`out-N`), or a new one before it (`before-N`). The links follow their steps."""
        verb, _, number = act.partition("-")
        is_number = number.isascii() and number.isdecimal() and len(number) < 6
        index = int(number) - 1 if is_number else -1
        order = list(range(len(self.steps)))
        other = {"up": index - 1, "down": index + 1}.get(verb, index)
        if index not in order or other not in order:
            return self.unchecked()
        if verb == "before":
            order.insert(index, None)
        elif verb == "out":
            order.remove(index)
        else:
            order[index], order[other] = order[other], order[index]
        return Writing(self.community, self.story, self.in_order(order)).unchecked()

    def in_order(self, order):
        """The form's data with its steps in this order of their indices; None: a new one."""
        sent, data = self.form.data, QueryDict(mutable=True)
        new_index = {str(old): str(new) for new, old in enumerate(order) if old is not None}
        numbers = {str(int(old) + 1): str(int(new) + 1) for old, new in new_index.items()}
        for name in sent:
            rows, index, field = [*name.split("-", 2), "", ""][:3]
            values = sent.getlist(name)
            if rows == "steps" and index.isdecimal():
                if index not in new_index:
                    continue
                name = f"steps-{new_index[index]}-{field}"
            if field in {"led_from", "start", "end"}:
                values = [numbers.get(value, "") for value in values]
            data.setlist(name, values)
        data["steps-count"] = str(len(order))
        if None in order:
            self.begin_row(data, order.index(None))
        return data

    def begin_row(self, data, index):
        """A step that is put between others begins where the one before it stands."""
        before = data.get(f"steps-{index - 1}-cycle") or self.cycle_after(None)
        data[f"steps-{index}-cycle"] = str(before)
        data[f"steps-{index}-led_from"] = str(index) if index else ""
        data[f"steps-{index}-tense"] = Step.Tense.HAPPENED
        data[f"steps-{index}-value"] = Step.Value.UNSET

    def at_version(self, version):
        """The same writing, to be saved over this version of the story."""
        data = self.form.data.copy()
        data["version"] = str(version)
        return Writing(self.community, self.story, data).unchecked()

    @property
    def key(self):
        """Of the form, and of the story that is made of it."""
        return self.form["key"].value()

    @property
    def shown_title(self):
        return self.form["title"].value()

    def unchecked(self):
        """Shows what was typed without faults: nobody asked to save it yet."""
        for form in [self.form, *self.steps, *self.links]:
            form._errors = ErrorDict()
        return self

    def cycle_after(self, pk):
        """The next stage after this one; the last stays the last."""
        stages = [row.pk for row in self.choices.cycle_rows.values() if row.kind == "stage"]
        if not str(pk).isdecimal() or int(pk) not in stages:
            return stages[0] if stages else ""
        return stages[min(stages.index(int(pk)) + 1, len(stages) - 1)]
