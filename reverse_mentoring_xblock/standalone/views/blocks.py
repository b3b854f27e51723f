"""Calling a block's handlers and serving its files, as the LMS does."""

import mimetypes
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.core import XBlock
from xblock.django.request import django_to_webob_request, webob_to_django_response
from xblock.exceptions import DisallowedFileError, NoSuchHandlerError, NoSuchUsage
from xblock.plugin import PluginMissingError

from ..access import access_to, preferences


@csrf_exempt
def handler(request: HttpRequest, course_id: str, usage_id: str, handler: str, suffix: str | None = None) -> Any:
    """A handler call from a page: signed-in people need a CSRF token, anonymous ones may only read."""
    if request.user.is_authenticated:
        refused = CsrfViewMiddleware(lambda _request: HttpResponse()).process_view(request, lambda: None, (), {})
        if refused is not None:
            return refused
    elif request.method != "GET":
        return HttpResponseForbidden("Unauthenticated")
    return _call(request, course_id, usage_id, handler, suffix, checks_access=True)


@csrf_exempt
def handler_noauth(request: HttpRequest, course_id: str, usage_id: str, handler: str, suffix: str | None = None) -> Any:
    """The LMS's address for third parties: no CSRF check and no access check, yet the session's person."""
    return _call(request, course_id, usage_id, handler, suffix, checks_access=False)


def _call(
    request: HttpRequest, course_id: str, usage_id: str, name: str, suffix: str | None, *, checks_access: bool
) -> HttpResponse:
    try:
        course_key = CourseKey.from_string(course_id)
        usage_key = UsageKey.from_string(usage_id)
    except InvalidKeyError:
        raise Http404 from None
    if usage_key.course_key != course_key:
        raise Http404
    access = access_to(request, course_key)
    if checks_access and not access.acting.is_authenticated and request.method != "GET":
        return HttpResponseForbidden("Unauthenticated")
    try:
        block = access.runtime(preferences(request)).get_block(usage_key)
        answer = block.runtime.handle(block, name, django_to_webob_request(request), suffix or "")
    except (NoSuchUsage, NoSuchHandlerError, PluginMissingError):
        raise Http404 from None
    return webob_to_django_response(answer)


def resource(request: HttpRequest, block_type: str, uri: str) -> Any:
    """A public file of a block, through the block's own door: nothing outside its public folder opens."""
    try:
        opened = XBlock.load_class(block_type).open_local_resource(uri)
    except (PluginMissingError, DisallowedFileError, FileNotFoundError, IsADirectoryError):
        raise Http404 from None
    content_type = mimetypes.guess_type(uri)[0] or "application/octet-stream"
    return FileResponse(opened, content_type=content_type, headers={"Cache-Control": "max-age=300"})
