from django.urls import path

from . import developers_page, joining, mailbox, profile, tokens_page, views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("join/<slug:secret>/", joining.join, name="join"),
    path("join/<slug:secret>/decline/", joining.decline, name="decline"),
    path("mail/stop/<str:signed>/", profile.stop_mails, name="stop_mails"),
    path("profile/", profile.profile, name="profile"),
    path("profile/tokens/", tokens_page.tokens, name="tokens"),
    path("profile/tokens/<int:pk>/revoke/", tokens_page.revoke_token, name="revoke_token"),
    path("developers/", developers_page.developers, name="developers"),
    path("demo/mailbox/", mailbox.demo_mailbox, name="demo_mailbox"),
    path("demo/enter/<slug:role>/", views.demo_enter, name="demo_enter"),
]
