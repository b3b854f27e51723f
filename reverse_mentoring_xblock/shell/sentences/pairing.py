"""Refusals of the pairing block."""

from django.utils.translation import gettext as _

SENTENCES = {
    "train_first": lambda: _(
        "Pairing opens when you have passed the training for your role. What you have said so far is saved; finish the "
        "training, then come back."
    ),
    "assess_first": lambda: _(
        "Pairing opens when you have handed in your self-assessment. What you have said so far is saved; finish the "
        "assessment, then come back."
    ),
    "sign_up_early": lambda: _(
        "Sign-up is not open yet, so you are not signed up. What you have said is saved; come back when it opens."
    ),
    "sign_up_late": lambda: _(
        "Sign-up has closed, so you are not signed up. What you have said is saved. If you still want to take part, "
        "ask your coordinator."
    ),
    "answers_changed": lambda: _(
        "You changed an answer in another window, so you are not signed up yet. Nothing was lost. Check the answers as "
        "they are now, then sign up."
    ),
    "steps_open": lambda: _(
        "A step is still open, so you are not signed up yet. What you have said is saved. Go on with the open step."
    ),
    "wishes_off": lambda: _("This programme asks for no wishes any more, so nothing was changed."),
    "wishes_full": lambda: _(
        "You have %(most)s wishes already, so this one was not saved. Take one of them back first."
    ),
    "avoided_full": lambda: _(
        "You have passed over %(most)s people already, so this was not saved. Take one of them back first."
    ),
    "passed_over": lambda: _(
        "You passed this person over before, so no wish was saved. Take that back first, at the end of this page."
    ),
    "card_gone": lambda: _(
        "This person is not in the pool any more, so nothing was saved. The other cards are as before."
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
    "pairs_changed": lambda: _(
        "Pairs have changed while you were reviewing, so nothing was released. Look at the list and try again."
    ),
}
