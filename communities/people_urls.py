from django.urls import path

from . import invitations, people

app_name = "people"
urlpatterns = [
    path("", people.people, name="people"),
    path("<int:pk>/", people.member, name="member"),
    path("<int:pk>/remove/", people.remove, name="remove"),
    path("leave/", people.leave, name="leave"),
    path("decline-to-tell/", people.decline_to_tell, name="decline_to_tell"),
    path("groups/", people.groups, name="groups"),
    path("groups/<int:pk>/", people.group, name="group"),
    path("groups/<int:pk>/delete/", people.delete_group, name="delete_group"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/invite/", invitations.invite, name="invite"),
    path("invitations/make-address/", invitations.make_address, name="make_address"),
    path("invitations/<int:pk>/", invitations.invitation, name="invitation"),
    path("invitations/<int:pk>/resend/", invitations.resend, name="resend"),
    path("invitations/<int:pk>/revoke/", invitations.revoke, name="revoke"),
    path("privacy/", people.privacy, name="privacy"),
    path("community/", people.community, name="community"),
    path("audit/", people.audit, name="audit"),
]
