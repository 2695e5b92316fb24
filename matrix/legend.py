"""What the signs of a drawing mean, in words: on the page and on paper."""

from django.utils.translation import gettext as _

from . import drawing, words


def sentences(picture):
    """Five short ones, to read it by."""
    box = _(
        "A box is something the community looks at: first how many people tell of it, then the newest"
        " number beside what is aimed at."
    )
    without = _("A dotted box holds what was told without an indicator.")
    if picture.ribbons:
        return [
            box,
            _(
                "A ribbon stands for everybody who tells that one led to the other: the wider, the more"
                " people."
            ),
            _("What is dashed was hoped for, and has not happened so far as anybody tells."),
            _("A ring with a cross counts where nothing came of it, or it did harm."),
            without,
        ]
    return [
        box,
        _("A line is one story on its way from box to box."),
        _("What is dashed was hoped for."),
        _("A double line ends at a ring with a cross: nothing came of it, or it did harm."),
        without,
    ]


def legend_of(picture):
    """[(signs, words)]: of the ribbons or threads, then of the boxes."""
    of_lines = _of_ribbons(picture) if picture.ribbons else _of_threads()
    return of_lines + _of_boxes()


def _of_threads():
    signs = drawing.signs()
    return [
        ([signs["start"]], _("story 3 starts")),
        ([signs["happened"]], _("happened, told up to here")),
        ([signs["hoped"]], _("hoped for")),
        ([signs["lost"]], _("nothing came of it, or it did harm: the trail broke here")),
        ([signs["failed"]], _("hoped for, did not happen")),
        ([signs["back"]], _("goes back")),
    ]


def _of_ribbons(picture):
    signs = drawing.ribbon_signs()
    samples = drawing.width_samples(picture)
    return [([svg], words.tellers(count)) for count, svg in samples] + [
        ([signs["hoped"]], _("hoped for")),
        ([signs["broke"]], _("how often the trail broke here")),
        ([signs["back"]], _("goes back")),
        ([signs["left_out"]], _("more leads from here than is drawn")),
    ]


def _of_boxes():
    signs = drawing.signs()
    return [
        ([signs["tellers"]], _("people who tell of it")),
        ([signs["both"]], _("numbers and stories")),
        ([signs["numbers"]], _("numbers only")),
        ([signs["stories"]], _("stories only")),
        ([signs["empty"]], _("nothing yet")),
        ([signs["more"], signs["less"]], _("more or less of it is wanted")),
        ([signs["values"]], _("values so far, target dotted")),
    ]
