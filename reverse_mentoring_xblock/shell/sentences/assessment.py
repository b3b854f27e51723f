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
}
