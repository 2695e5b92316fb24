"""The picture of the matrix to take along: for slides, and for a wall."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from . import paper


@dataclass(frozen=True)
class File:
    """`write`: its bytes, of (Picture, Caption)."""

    label: str
    kind: str
    ending: str
    write: Callable


def sheet(size):
    return lambda picture, caption: paper.pdf(picture, caption, size)


def slide(picture, caption):
    return paper.slide(picture, caption).encode()


FILES = {
    "png": File(
        _("Picture for slides (PNG)"),
        "image/png",
        "png",
        lambda picture, caption: paper.png(paper.slide(picture, caption)),
    ),
    "svg": File(_("Picture for slides (SVG)"), "image/svg+xml", "svg", slide),
    "a4": File(_("One sheet, A4 (PDF)"), "application/pdf", "pdf", sheet("a4")),
    "a3": File(_("One sheet, A3 (PDF)"), "application/pdf", "pdf", sheet("a3")),
    "a2": File(_("One sheet, A2 (PDF)"), "application/pdf", "pdf", sheet("a2")),
}
