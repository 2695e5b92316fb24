"""The ways from one indicator to another: who tells all of it, what is only joined up, and how much would
have to be doubted to break it (framework.md, "Analytics", 2 to 4)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.guard import community_page
from communities.permissions import Permission
from stories.models import Story
from valuecreation.alphabet import place_of

from . import drawing, page, paths, reading, words
from .later import figures_or_later
from .showing import listed, show


class PathsForm(forms.Form):
    """`from` and `to` are codes; more than one of each may be chosen."""

    max_links = forms.TypedChoiceField(
        label=_("At most so many links"),
        coerce=int,
        choices=[(number, number) for number in range(1, 9)],
        empty_value=paths.LONGEST,
        required=False,
    )

    field_order = ["from", "to"]

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, **kwargs)
        found = sorted(
            community.indicators.drawn().in_reading_order(), key=lambda one: place_of(str(one))
        )
        self.indicators = {one.code: one for one in found}
        choices = [(code, str(one)) for code, one in self.indicators.items()]
        # `from` is no name that a class body could hold.
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                choices=choices,
                widget=forms.SelectMultiple(attrs={"size": min(8, max(3, len(choices)))}),
                error_messages={"required": _("Choose where it begins and where it ends.")},
            )
        self.order_fields(self.field_order)

    def clean(self):
        cleaned = super().clean()
        if set(cleaned.get("from", ())) & set(cleaned.get("to", ())):
            self.add_error("to", _("Choose different indicators for the beginning and the end."))
        return cleaned

    def ends(self, name):
        return [self.indicators[code] for code in self.cleaned_data[name]]


@community_page(Permission.SEE_MATRIX)
@figures_or_later
def ways(request, viewer):
    chosen = {"from", "to"} <= request.GET.keys()
    initial = {"from": request.GET.getlist("from"), "max_links": paths.LONGEST}
    data = request.GET.copy()
    data.setdefault("max_links", paths.LONGEST)
    form = PathsForm(data if chosen else None, initial=initial, community=viewer.community)
    context = {"form": form}
    if form.is_valid():
        context |= found(request, viewer, form)
    return show(request, "matrix/paths.html", context)


def found(request, viewer, form):
    origins, targets = form.ends("from"), form.ends("to")
    with reading.one_moment():
        ways = paths.between(
            viewer.community,
            viewer.audience,
            {one.pk for one in origins},
            {one.pk for one in targets},
            form.cleaned_data["max_links"],
        )
        read = reading.read(viewer.community, viewer.audience)
        whole = Story.objects.counted_for(viewer.audience).filter(pk__in=ways.threads)
        stories = listed(request, whole)
        in_one = paths.told_in_one(ways)
        # Of an end that was retired and never used there is no box.
        ends = [read.box_of(one) or reading.undrawn(one) for one in [*origins, *targets]]
    by_indicator = {box.indicator.pk: box for box in read.boxes.values() if box.indicator}
    picture = page.picture_of_ways(read, ways, in_one)
    return {
        "ways": ways,
        "sources": words.whole_ways(ways),
        "drawing": drawing.draw(picture),
        "stitched": len(ways.edges) - len(in_one),
        "in_one": len(in_one),
        "paths": [(path, [by_indicator[one] for one in path.indicators]) for path in ways.paths],
        "cut": [(by_indicator[edge.u], by_indicator[edge.v], edge) for edge in ways.cut],
        "ends": [page.row(viewer.community, box) for box in ends],
        **stories,
    }
