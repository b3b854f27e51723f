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
    "proposal_open": lambda: _("A proposal is open already. Release it or discard it first; here it is."),
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
    "partly_released": lambda: _(
        "A part of this proposal is released already, so it cannot be discarded. Choose “Finish this round” to drop "
        "the rest."
    ),
    "nothing_released": lambda: _("Nothing of this proposal is released yet. Release pairs first, or discard it."),
    "price_changed": lambda: _(
        "Since you looked, the proposal or somebody in it has changed, so nothing was saved. Here is what it would "
        "mean now; decide again."
    ),
    "word_against": lambda: _(
        "The opposite was decided about this pair before. Lift that first; it stands under “Decided by hand”."
    ),
    "mentee_is_kept": lambda: _(
        "This mentee is kept together with another mentor already. Lift that first; it stands under “Decided by hand”."
    ),
    "mentor_is_kept": lambda: _(
        "This mentor has no place beside the mentees already kept together with them. Lift one first; they stand under "
        "“Decided by hand”."
    ),
    "proposal_open_by_hand": lambda: _(
        "A proposal is open, so a pair cannot be offered beside it. Keep the pair in the proposal, or decide about the "
        "proposal first."
    ),
    "pair_refused": lambda: _("The two cannot be paired, and nothing was changed. %(why)s"),
    "pairs_changed": lambda: _(
        "Pairs have changed while you were reviewing, so nothing was released. Look at the list and try again."
    ),
}
