"""Refusals of the assessment block."""

from django.utils.translation import gettext as _

SENTENCES = {
    "nothing_begun": lambda: _(
        "There is no round of questions of yours to change here. It may have been reset. You can begin one below."
    ),
    "assessment_handed_in": lambda: _(
        "You have handed in these answers already, so nothing was changed. Your report is below."
    ),
    "not_an_answer": lambda: _(
        "This question does not take that answer, so nothing was saved. Choose one of those below."
    ),
    "questions_open": lambda: _(
        "A question is open again, perhaps because an answer was changed in another window. "
        "It stands below; all other answers are kept."
    ),
    "mentees_only": lambda: _("Topics and sharing are for mentees. Nothing was changed."),
    "not_handed_in": lambda: _("This comes after the questions. Answer and hand them in first; nothing was changed."),
    "later_round": lambda: _(
        "You have handed in a later round of questions. Topics and sharing are settled there; nothing was changed here."
    ),
    "topic_gone": lambda: _("That topic has been swapped already. Your topics as they are now stand below."),
    "not_an_alternative": lambda: _(
        "That skill cannot be put in its place, so your topics are as they were. Choose one of the list."
    ),
    "mentors_only": lambda: _("This is for mentors. Nothing was changed."),
    "no_such_profile": lambda: _("Choose the role that comes nearest to yours. Nothing has begun yet."),
    "round_not_open": lambda: _(
        "These questions are not open yet, so nothing was saved. The page says when they open."
    ),
    "round_closed": lambda: _(
        "These questions have closed, so nothing more is saved. What you answered before is kept; your coordinator "
        "can open them again."
    ),
    "too_soon": lambda: _(
        "The end round opens six weeks after you handed in the first one, so that it shows change and not memory. "
        "Nothing has begun yet."
    ),
    "goals_settled": lambda: _("The end round asks about your goals now, so they stay as they are."),
    "too_many_goals": lambda: _("Three goals are the most. Nothing was changed."),
}
