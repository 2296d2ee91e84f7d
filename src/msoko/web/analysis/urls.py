from django.urls import path

from msoko.web.analysis import views

app_name = "analysis"
urlpatterns = [
    path("support/", views.support, name="support"),
    path("findings/state/", views.findings_state, name="findings_state"),
    path("findings/decide/", views.decide, name="decide"),
    path("findings/<int:pk>/", views.finding, name="finding"),
    path("methods/", views.methods, name="methods"),
    path("methods/<str:name>/", views.method, name="method"),
    path("methods/<str:name>/parameters/", views.set_parameters, name="set_parameters"),
    path("methods/<str:name>/withdraw/", views.withdraw_parameters, name="withdraw_parameters"),
]
