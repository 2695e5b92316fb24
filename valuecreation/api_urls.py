"""All addresses of the API, from /api/v1/ on."""

from django.urls import include, path

from communities.api import views as communities
from communities.api.describing import ByHand, Schema
from indicators.api import negotiation, numbers
from indicators.api import views as indicators
from matrix.api import views as matrix
from stories.api import founding
from stories.api import views as stories

of_indicator = [
    path("", indicators.OneIndicator.as_view(), name="indicator"),
    path("amend/", indicators.Amend.as_view(), name="amend"),
    path("decide/", negotiation.Decide.as_view(), name="decide"),
    path("decisions/", negotiation.Decisions.as_view(), name="decisions"),
    path("definitions/", indicators.Definitions.as_view(), name="definitions"),
    path("rounds/", negotiation.Rounds.as_view(), name="rounds"),
    path("stances/", negotiation.Stances.as_view(), name="stances"),
    path("gaming-check/", negotiation.GamingChecks.as_view(), name="gaming_check"),
    path("comments/", negotiation.Comments.as_view(), name="comments"),
    path("targets/", numbers.Targets.as_view(), name="targets"),
    path("targets/<int:pk>/", numbers.OneTarget.as_view(), name="target"),
    path("observations/", numbers.Observations.as_view(), name="observations"),
    path("observations/<int:pk>/", numbers.OneObservation.as_view(), name="observation"),
]
ACTS = ["open", "extend", "hold", "record", "answer", "retire", "merge", "split", "undo_merge"]
of_indicator += [
    path(f"{key.replace('_', '-')}/", negotiation.act_view(key), name=key) for key in ACTS
]
of_story = [path("", stories.OneStory.as_view(), name="story")]
of_story += [
    path(f"{key.replace('_', '-')}/", stories.act_view(key), name=f"{key}_story")
    for key in stories.ACTS
]
in_community = [
    path("", communities.OneCommunity.as_view(), name="community"),
    path("members/", communities.Members.as_view(), name="members"),
    path("members/<int:pk>/", communities.OneMember.as_view(), name="member"),
    path("invitations/", communities.Invitations.as_view(), name="invitations"),
    path(
        "invitations/<int:pk>/resend/",
        communities.Resend.as_view(),
        name="resend",
    ),
    path(
        "invitations/<int:pk>/revoke/",
        communities.Revoke.as_view(),
        name="revoke",
    ),
    path("tellers/", communities.Tellers.as_view(), name="tellers"),
    path("indicators/", indicators.Indicators.as_view(), name="indicators"),
    path("indicators/<slug:code>/", include(of_indicator)),
    path("stories/", stories.Stories.as_view(), name="stories"),
    path("stories/<int:pk>/", include(of_story)),
    path("matrix/", matrix.MatrixView.as_view(), name="matrix"),
    path("pairs/", matrix.PairsView.as_view(), name="pairs"),
    path("paths/", matrix.PathsView.as_view(), name="paths"),
    path("upkeep/", matrix.UpkeepView.as_view(), name="upkeep"),
]

app_name = "api"
urlpatterns = [
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", ByHand.as_view(), name="by_hand"),
    path("communities/", founding.Communities.as_view(), name="communities"),
    path("communities/<slug:slug>/", include(in_community)),
]
