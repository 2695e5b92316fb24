"""The pages of the snapshots: which there are, the matrix of one day, and that day beside today."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control

from communities.fields import WordsFormField
from communities.forms import ActForm, sent
from communities.guard import community_page
from communities.permissions import Permission
from indicators.definitions import described

from . import comparing, drawing, page, reading, words
from .later import figures_or_later
from .legend import legend_of, sentences
from .models import Snapshot
from .snapshots import LEAST, read_snapshot, take, withdrawn_since

PAGE = 25


class SnapshotForm(ActForm):
    title = Snapshot._meta.get_field("title").formfield(
        label=gettext_lazy("Title"),
        error_messages={"required": gettext_lazy("Give the snapshot a title.")},
    )
    note = WordsFormField(
        label=gettext_lazy("Note"),
        required=False,
        help_text=gettext_lazy(
            "What was going on that day? Whoever may read the matrix may read this too."
        ),
    )

    def act(self, by):
        return take(community=self.community, by=by, **self.cleaned_data)


@cache_control(private=True, no_cache=True)
@community_page(Permission.SEE_MATRIX)
@figures_or_later
def snapshots(request, viewer):
    """The list; facilitators take one here."""
    form = None
    if viewer.can(Permission.KEEP_COMMUNITY):
        form = SnapshotForm(*sent(request), community=viewer.community)
        if form.done(viewer.user):
            messages.success(request, _("Taken: the matrix as it stands now."))
            return redirect("matrix:snapshot", viewer.community.slug, form.outcome.pk)
    elif request.method == "POST":
        raise PermissionDenied
    found = Paginator(snapshots_of(viewer), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "matrix/snapshots.html",
        {"page": found, "form": form, "names_people": viewer.can(Permission.SEE_PEOPLE)},
        status=422 if form and form.errors else 200,
    )


@cache_control(private=True, no_cache=True)
@community_page(Permission.SEE_MATRIX)
def snapshot(request, viewer, pk):
    """The matrix of that day, as this viewer's audience may read it."""
    found = snapshot_or_404(viewer, pk)
    with reading.one_moment():
        read = read_snapshot(found, viewer.audience)
        withdrawn = withdrawn_since(found, viewer.audience)
    picture = kept_here(page.picture(read, (), page.ribbons(read)), read)
    drawn, every, least = drawing.drawn_ribbons(picture)
    shown = {(one.start, one.end) for one in drawn}
    return render(
        request,
        "matrix/snapshot.html",
        {
            "snapshot": found,
            "names_people": viewer.can(Permission.SEE_PEOPLE),
            "sources": words.sources(read.whole),
            "stories": words.stories(read.whole.stories),
            "as_of": words.as_of(read.state, viewer.community),
            "withdrawn": withdrawn,
            "least": LEAST[viewer.audience],
            "drawing": drawing.draw(picture),
            "loom": drawing.loom(picture),
            "ribbons_drawn": page.ribbons_drawn(len(drawn), every, least),
            "sentences": sentences(picture) if drawn else [],
            "legend": legend_of(picture) if drawn else [],
            "sections": page.sections(read, drawn=shown),
            "definitions": [
                (box, page.href_of(viewer.community, box), described(box.indicator.definition))
                for one in read.cycles
                for box in one.boxes
            ],
        },
    )


@cache_control(private=True, no_cache=True)
@community_page(Permission.SEE_MATRIX)
@figures_or_later
def compare(request, viewer, pk):
    """That day beside today."""
    found = snapshot_or_404(viewer, pk)
    with reading.one_moment():
        then = read_snapshot(found, viewer.audience)
        now = reading.read(viewer.community, viewer.audience)
        sections = comparing.compare(then, now)
        withdrawn = withdrawn_since(found, viewer.audience)
    return render(
        request,
        "matrix/compare.html",
        {
            "snapshot": found,
            "sections": sections,
            "whole": comparing.totals(_("All that is told"), then.whole, now.whole),
            "then": words.as_of(then.state, viewer.community),
            "now": words.as_of(now.state, viewer.community),
            "withdrawn": withdrawn,
            "least": LEAST[viewer.audience],
        },
    )


def snapshots_of(viewer):
    """Without what is kept in them."""
    rows = viewer.community.snapshots.select_related("taken_by", "community")
    return rows.defer("figures", "claims")


def snapshot_or_404(viewer, pk):
    """With its figures; the claims stay in the database."""
    rows = viewer.community.snapshots.select_related("taken_by", "community")
    return get_object_or_404(rows.defer("claims"), pk=pk)


def kept_here(picture, read):
    """A drawing from which nothing is opened but how it was counted then: today's pages may know no
    such box any more, and stories are read where they stand now."""
    counted = {box.pk: f"#definition-{box.pk}" for box in read.boxes.values() if box.indicator}
    columns = (
        replace(
            column,
            faces=tuple(replace(face, href=counted.get(face.id, "")) for face in column.faces),
        )
        for column in picture.columns
    )
    ribbons = tuple(replace(one, href="") for one in picture.ribbons)
    return replace(picture, columns=tuple(columns), ribbons=ribbons)
