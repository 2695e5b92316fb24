from django.urls import path

from . import (
    asked,
    concerns_page,
    private_page,
    stubs_page,
    submitting,
    tellers_page,
    telling,
    views,
)

app_name = "stories"
urlpatterns = [
    path("", views.stories, name="stories"),
    path("mine/", views.mine, name="mine"),
    path("waiting/", views.waiting, name="waiting"),
    path("tell/", telling.tell, name="tell"),
    path("tell/autosave/", telling.autosave, name="autosave"),
    path("tell/throw-away/", telling.throw_away, name="throw_away"),
    path("heard/", stubs_page.heard, name="heard"),
    path("about-me/", concerns_page.about_me, name="about_me"),
    path("<int:pk>/about-me/", concerns_page.about_me, name="story_about_me"),
    path("concerns/", concerns_page.concerns, name="concerns"),
    path("concerns/<int:pk>/answer/", concerns_page.answer, name="answer"),
    path("tellers/", tellers_page.tellers, name="tellers"),
    path("tellers/<int:pk>/merge/", tellers_page.merge, name="merge"),
    path("tellers/merges/<int:pk>/undo/", tellers_page.undo, name="undo_merge"),
    path("numbers/", asked.numbers, name="numbers"),
    path("<int:pk>/", views.story, name="story"),
    path(
        "<int:pk>/private-address/",
        private_page.make_private_address,
        name="make_private_address",
    ),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/forget/", stubs_page.forget, name="forget"),
    path("<int:pk>/seen-by/<slug:role>/", views.seen_by, name="seen_by"),
    path("<int:pk>/revise/", telling.revise, name="revise"),
    path("<int:pk>/submit/", submitting.submit, name="submit"),
    path("<int:pk>/thanks/", submitting.thanks, name="thanks"),
    path("<int:pk>/publish/", submitting.publish, name="publish"),
    path("<int:pk>/return/", views.return_, name="return"),
    path("<int:pk>/hide/", views.hide, name="hide"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/change-audience/", views.change_audience, name="change_audience"),
]
