"""Refusals of the journal block."""

from django.utils.translation import gettext as _

SENTENCES = {
    "pairing_closed": lambda: _(
        "This pairing has ended, so nothing was added to it. What you wrote before stays yours to read."
    ),
    "after_the_end": lambda: _(
        "On that day the pairing had ended already, so nothing was logged. Look at the date and log it again."
    ),
    "time_taken": lambda: _(
        "The two of you have a session at that time already, so nothing was changed. Choose another time."
    ),
    "plan_full": lambda: _(
        "At most %(most)s sessions can be planned at once, so none was added. Plan fewer of them, or cancel some first."
    ),
    "sessions_full": lambda: _(
        "The two of you have %(most)s sessions here already, and more do not fit. Nothing was changed."
    ),
    "not_yet": lambda: _("This time has not come yet, so nothing was logged. Log the session when it has taken place."),
    "already_logged": lambda: _(
        "A session is logged at that time already, so this one was not added. Look at it below and answer there "
        "whether it took place."
    ),
    "session_settled": lambda: _("Your partner has confirmed this session as it stands, so it was not changed."),
    "already_confirmed": lambda: _("You have said that this session took place, so nothing was changed."),
    "not_held": lambda: _(
        "This session is still planned. Log it when it has taken place, then write about it. "
        "Your text is kept in this window."
    ),
    "revisions_full": lambda: _(
        "This reflection has %(most)s versions, and more do not fit. The latest one stands; your text is kept in "
        "this window."
    ),
    "actions_full": lambda: _(
        "You have %(most)s open steps with this partner, so this one was not added. Finish one first; "
        "your text is kept in this window."
    ),
}
