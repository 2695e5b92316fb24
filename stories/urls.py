from django.urls import path

from . import asked, private_page, tellers_page, views

app_name = "stories"
urlpatterns = [
    path("", views.stories, name="stories"),
    path("mine/", views.mine, name="mine"),
    path("waiting/", views.waiting, name="waiting"),
    path("tell/", views.tell, name="tell"),
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
    path("<int:pk>/seen-by/<slug:role>/", views.seen_by, name="seen_by"),
    path("<int:pk>/revise/", views.revise, name="revise"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/return/", views.return_, name="return"),
    path("<int:pk>/hide/", views.hide, name="hide"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/change-audience/", views.change_audience, name="change_audience"),
]
