"""Refusals of the pairing block."""

from django.utils.translation import gettext as _

SENTENCES = {
    "train_first": lambda: _(
        "Pairing opens when you have passed the training for your role. Your answers are kept in this window; "
        "finish the training, then come back and send them."
    ),
    "assess_first": lambda: _(
        "Pairing opens when you have handed in your self-assessment. Your answers are kept in this window; "
        "finish the assessment, then come back and send them."
    ),
    "not_signed_up": lambda: _("You are not signed up for pairing any more, so nothing was changed."),
    "offer_over": lambda: _("This pairing will not go ahead, so your answer was not needed. Nobody is asked why."),
    "active_meanwhile": lambda: _(
        "You have both accepted, so this pairing is active. If you want to stop, choose “End this pairing”."
    ),
    "proposal_open": lambda: _(
        "A proposal is open already, or being worked out. Nothing was started now. Decide about that one first; here "
        "it is."
    ),
    "found_meanwhile": lambda: _(
        "The search was finished before you cancelled it. Nobody was told of what it found. Look at it, and discard it "
        "if you do not want it."
    ),
    "nobody_to_match": lambda: _(
        "There has to be at least one mentor and one mentee who is ready. The page “People” says who is, and what the "
        "others still need."
    ),
    "released_meanwhile": lambda: _(
        "This proposal was released meanwhile, by somebody else or in another window. Nothing was changed now. "
        "Look at the list as it is and decide again."
    ),
    "discarded_meanwhile": lambda: _(
        "This proposal was discarded meanwhile, by somebody else or in another window. Nothing was released. "
        "Look at the list as it is and decide again."
    ),
    "pairs_changed": lambda: _(
        "Pairs have changed while you were reviewing, so nothing was released. Look at the list and try again."
    ),
}
