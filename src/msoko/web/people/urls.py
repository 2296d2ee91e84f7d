from django.contrib.auth.views import LogoutView
from django.urls import path

from msoko.web.people import account_views, organisation_views, register_views

app_name = "people"
urlpatterns = [
    path("login/", account_views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", account_views.Password.as_view(), name="password"),
    path("welcome/<str:uidb64>/<str:token>/", account_views.Welcome.as_view(), name="welcome"),
    path("schools/", organisation_views.organisations, name="organisations"),
    path("schools/place/", organisation_views.place, name="place"),
    path("schools/register/", register_views.register, name="register"),
    path("schools/<int:pk>/edit/", organisation_views.organisation_edit, name="organisation_edit"),
    path("schools/<int:pk>/merge/", organisation_views.organisation_merge, name="organisation_merge"),
    path("people/", account_views.accounts, name="accounts"),
    path("people/<int:pk>/", account_views.account_edit, name="account_edit"),
    path("audit/", account_views.audit_trail, name="audit"),
]
