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
    "offer_lapsed": lambda: _(
        "The time to answer this offer is over, so it does not go ahead. Nobody is asked why. You are both free for "
        "the next round; there is nothing to do for you now."
    ),
    "offer_held": lambda: _(
        "Something in the organisation has changed since this offer was made, so your coordinator looks at it first. "
        "The offer is kept, and nothing was changed. You need not do anything."
    ),
    "accepted_meanwhile": lambda: _(
        "Both have accepted meanwhile, so the pair is active and the offer was not withdrawn. If it has to stop, "
        "choose “End this pair”."
    ),
    "offer_not_open": lambda: _(
        "This offer is not open any more, so it was not given more days. Look at the list as it is now."
    ),
    "pair_over": lambda: _("This pair is over already, so nothing was changed. Look at the list as it is now."),
    "cannot_hand_over": lambda: _(
        "These two cannot be paired any more: something has changed since the list was made. The pair goes on as it "
        "was. Look at the list as it is now and choose again."
    ),
    "they_are_not_signed_up": lambda: _("This person is not signed up for pairing any more, so nothing was changed."),
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
    "not_proved": lambda: _(
        "This proposal did not pass its check, so nothing of it was released. Discard it and have a new one worked out."
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
    "requests_off": lambda: _(
        "This programme takes no requests at the moment. You stay in the next round; there is nothing to do now."
    ),
    "request_waits": lambda: _(
        "A request of yours waits for an answer already. Take it back first, or wait; nothing was sent now."
    ),
    "not_free_to_ask": lambda: _(
        "You can ask a mentor while you have neither a partner nor an offer. Nothing was sent. Look at the page as it "
        "is now."
    ),
    "mentor_not_now": lambda: _(
        "This mentor cannot be asked at the moment. That can have many reasons. Nothing was sent; the list below is up "
        "to date, so choose somebody else from it."
    ),
    "request_over": lambda: _("This request is over, so nothing was changed. Nobody is asked for a reason."),
    "request_not_now": lambda: _(
        "The two of you cannot be paired at this moment. That can have many reasons: you have no room for another "
        "mentee or are paused, or something has changed for one of you. The request goes on waiting; you can try again "
        "later or say no."
    ),
    "circle_size": lambda: _(
        "A circle has %(least)s to %(most)s mentees. Your choice is still here; add or take out people, then send it "
        "again."
    ),
    "circle_changed": lambda: _(
        "Since you opened the page, something has changed for one of these people, so no circle was offered. The list "
        "below is up to date; choose again."
    ),
    "pairs_changed": lambda: _(
        "Pairs have changed while you were reviewing, so nothing was released. Look at the list and try again."
    ),
}
