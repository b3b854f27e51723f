"""Addresses of the standalone site. Handlers stand where the LMS has them."""

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from .views import blocks, course, demo, staff

KEY = r"[^/+]+(?:/|\+)[^/+]+(?:/|\+)[^/?]+"
HANDLER = rf"^courses/(?P<course_id>{KEY})/xblock/(?P<usage_id>[^/]+)/%s/(?P<handler>[^/]*)(?:/(?P<suffix>.*))?$"

urlpatterns = [
    path("", course.outline, name="outline"),
    path("units/<path:usage_id>", course.unit, name="unit"),
    re_path(HANDLER % "handler", blocks.handler, name="handler"),
    re_path(HANDLER % "handler_noauth", blocks.handler_noauth, name="handler-noauth"),
    path("xblock/resource/<str:block_type>/<path:uri>", blocks.resource, name="block-resource"),
    path("gradebook", staff.gradebook, name="gradebook"),
    path("gradebook/reset", staff.reset_state, name="reset-state"),
    path("events", staff.events, name="events"),
    path("masquerade", staff.masquerade, name="masquerade"),
    path("login", LoginView.as_view(template_name="standalone/login.html"), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("favicon.ico", RedirectView.as_view(url="/static/standalone/mark.svg", permanent=True)),
]
if settings.DEMO_MODE:
    urlpatterns += [
        path("people", demo.people, name="people"),
        path("people/sign-in", demo.sign_in, name="sign-in-as"),
    ]
