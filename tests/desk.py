"""The facilitators' admin as tests use it: open a form, send what a browser would, read the answer."""

from django.apps import apps
from django.test import Client
from django.urls import reverse

from communities.permissions import Audience
from indicators.figures import figure, quantity, unit_of
from matrix import sync
from matrix.reading import read


def address(model, what, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


class Desk:
    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)

    def get(self, model, what, *args, **query):
        return self.client.get(address(model, what, *args), query)

    def add(self, model, **fields):
        """Sends the form for a new row, filled in."""
        return self.send(address(model, "add"), fields)

    def change(self, row, **fields):
        """Sends the form of a row as it opens, but for these fields."""
        return self.send(address(type(row), "change", row.pk), fields)

    def send(self, url, fields):
        return self.client.post(url, filled(self.client.get(url)) | fields)

    def decide(self, key, indicator, **fields):
        """Fills in the form of one of the acts on an indicator; gives what is said then."""
        url = address(type(indicator), "act", indicator.pk, key)
        answer = self.client.post(url, fields, follow=True)
        if answer.status_code == 422:
            return [fault for faults in answer.context["form"].errors.values() for fault in faults]
        return [str(message) for message in answer.context["messages"]]

    def act(self, action, *rows, **fields):
        """Does one of the list's acts on the chosen rows; gives what it says."""
        url = address(type(rows[0]), "changelist")
        chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
        answer = self.client.post(url, chosen | fields, follow=True)
        assert answer.status_code == 200
        return [str(message) for message in answer.context["messages"]]


def form_of(answer):
    return answer.context["adminform"].form


def filled(answer):
    """What a browser sends of this form when nothing is changed in it."""
    values = {bound.name: bound.value() for bound in form_of(answer)}
    sent = {name: value for name, value in values.items() if value is not False}
    for bound in form_of(answer):
        if bound.field.show_hidden_initial:
            name = bound.html_initial_name
            sent[name] = bound.form.data.get(name, bound.value())
    return {name: as_sent(value) for name, value in sent.items()}


def as_sent(value):
    return "" if value is None else str(value).replace("\n", "\r\n")


def faults(answer):
    assert answer.status_code == 200
    return {name: list(errors) for name, errors in form_of(answer).errors.items()}


def shown(community, audience=Audience.MEMBERS):
    """The matrix after a sync, as {box: (cycle, value, target, state, tellers, stories)}; a box for
    no indicator is named by its cycle and left out while no story is told there."""
    sync.sync(community)
    assert sync.check(community) == []
    boxes = read(community, audience).boxes.values()
    return {
        str(box.indicator or f"no indicator: {box.cycle.key}"): (
            box.cycle.key,
            figure(box.observation) if box.observation else "",
            quantity(box.target.value, unit_of(box.indicator.definition)) if box.target else "",
            box.state,
            box.cell.tellers,
            box.cell.stories,
        )
        for box in boxes
        if box.indicator or box.cell.stories
    }


def everything():
    """Every row of our own apps, and of the admin's log, as it is stored."""
    models = [
        model
        for label in ("communities", "indicators", "stories", "matrix", "admin")
        for model in apps.get_app_config(label).get_models()
    ]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}
