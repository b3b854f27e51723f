"""The small forms of requests: a page of mentors, a mentor to ask, a request."""

from django import forms

from .base import BlockForm


class MentorsPageForm(BlockForm):
    """A page of mentors to look at; 0 closes the list."""

    name = "mentors_page"
    page = forms.IntegerField(min_value=0, max_value=1000)


class MentorForm(BlockForm):
    """A mentor to ask."""

    name = "mentor"
    mentor = forms.UUIDField()


class RequestForm(BlockForm):
    """A request to decide about."""

    name = "request"
    request = forms.UUIDField()
