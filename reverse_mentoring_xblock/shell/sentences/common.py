"""Refusals that every block can give."""

from django.utils.translation import gettext as _

SENTENCES = {
    "preview": lambda: _("This is a preview in Studio. Nothing is saved here; open the course to try it."),
    "signed_out": lambda: _(
        "You are not signed in any more. What you wrote is kept in this window; sign in, then send it again."
    ),
    "masquerading": lambda: _(
        "You are viewing the course as somebody else. Nothing was changed: only they can do this for themselves."
    ),
    "staff_only": lambda: _("This is for the coordinators of the programme. Nothing was changed."),
    "not_enrolled": lambda: _("You are not enrolled in this course. Enrol first, then send this again."),
    "not_here": lambda: _("This is not there any more, or it is not yours. Nothing was changed."),
    "moved_on": lambda: _("This has changed since you opened the page. Look at it as it is now, then decide again."),
    "busy": lambda: _(
        "Many people are saving at this moment. Nothing was lost: wait a few seconds, then send it again."
    ),
    "too_long": lambda: _("That is more than can be saved at once. Shorten it and send it again; nothing was lost."),
    "unreadable": lambda: _("What arrived could not be read, so nothing was changed. Reload the page and try again."),
    "form": lambda: _("Some answers need another look. Everything you entered is still here."),
    "role_taken": lambda: _(
        "You take part in the other role already, so nothing was changed. "
        "Until you sign up for a partner you can change your role on the home page of the programme."
    ),
    "role_settled": lambda: _("Your role is settled since you signed up for a partner. Nothing was changed."),
    "join_first": lambda: _("Choose your role in the programme first. Nothing was changed."),
}
