"""The door to one indicator by the API."""

from communities.api.documents import checked, fill, require_valid
from communities.api.problems import Conflict
from communities.api.view import CommunityView, found_or_404
from communities.permissions import Permission
from indicators.acts import ACTS, TOO_LATE
from indicators.talk import Talk

from .documents import IndicatorDocument


def rows_for(viewer):
    rows = viewer.community.indicators.select_related("definition", "cycle", "merged_into")
    return rows if viewer.can(Permission.NEGOTIATE) else rows.drawn()


class OfIndicator(CommunityView):
    """Something of one indicator: `self.indicator`."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.indicator = self.found()

    def found(self):
        found = found_or_404(rows_for(self.viewer), code=self.kwargs["code"])
        found.community = self.community
        return found

    def document(self):
        return IndicatorDocument(self.found()).data

    def talk(self):
        return Talk(self.viewer, self.indicator)

    def act(self, key, sent=None, content=None):
        """What the act of the negotiation made of the document `sent` (a serializer), or of its checked
        `content`. Conflict where things have moved on meanwhile."""
        act, talk = ACTS[key], self.talk()
        if not act.is_offered(talk):
            raise Conflict(TOO_LATE)
        content = checked(sent, self.request.data) if sent else content or {}
        form = require_valid(fill(act.form_for(talk), content))
        return form.act(talk, self.request.user, form.cleaned_data)

    def create(self, key, sent, rows, document):
        """201 with what the act made: one of `rows()`, as its `document`."""
        return self.created_of(lambda: self.act(key, sent), rows, document)

    def created_of(self, make, rows, document):
        return self.created(make, lambda pk: self.shown(found_or_404(rows(), pk=pk), document))
