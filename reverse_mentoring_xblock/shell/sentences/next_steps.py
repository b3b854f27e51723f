"""The next step in words: what to do, why or by when, and where in the course it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...domain.needs_help import FIRST_SESSION_WITHIN
from ...domain.next_step import AT_REST, NextStep, Part, Step
from ...selectors.journey import JourneyRow
from ..tags import day, when


@dataclass(frozen=True)
class StepWords:
    """A next step as the page says it. ``link`` is empty when nothing is done anywhere."""

    title: str
    text: str
    link: str = ""
    place: str = ""
    is_at_rest: bool = False


def words_of(step: NextStep, journey: JourneyRow) -> StepWords:
    """The words for this person's next step."""
    facts = {
        "partner": next((one.partner.name for one in journey.partners if one.key == step.pair), ""),
        "day": day(step.moment),
        "when": when(step.moment),
        "until": when(step.until),
        "first_by": day(step.moment + FIRST_SESSION_WITHIN) if step.moment else "",
        "passed": journey.training.passed,
    }
    return StepWords(
        title=TITLES[step.step]() % facts,
        text=_modules_passed(journey) if step.step is Step.GO_ON_TRAINING else _text(step) % facts,
        link=LINKS[step.part]() if step.part else "",
        place=PLACES[step.part]() if step.part else "",
        is_at_rest=step.step in AT_REST,
    )


def _text(step: NextStep) -> str:
    return (TEXTS_UNTIL if step.until and step.step in TEXTS_UNTIL else TEXTS)[step.step]()


def _modules_passed(journey: JourneyRow) -> str:
    passed = journey.training.passed
    if not passed:
        return _("You continue on the page where you stopped.")
    return ngettext(
        "%(passed)s of %(modules)s modules is passed. You continue where you stopped.",
        "%(passed)s of %(modules)s modules are passed. You continue where you stopped.",
        passed,
    ) % {"passed": passed, "modules": journey.training.modules}


# Translators, for all of this file: %(partner)s is a person's name, %(day)s a date, %(when)s a date with its time,
# %(until)s a date with its time up to which something can be done.

TITLES: Mapping[Step, Callable[[], str]] = {
    Step.ANSWER_OFFER: lambda: _("Answer the offer of a partner"),
    Step.ANSWER_CIRCLE: lambda: _("Answer the offer of a circle"),
    Step.ANSWER_REQUEST: lambda: _("Answer a request"),
    Step.AGREE_ON_SESSION: lambda: _("Agree on what took place"),
    Step.CONFIRM_SESSION: lambda: _("Confirm a session"),
    Step.LOG_SESSION: lambda: _("Say whether you met"),
    Step.REFLECT: lambda: _("Write your reflection"),
    Step.PLAN_FIRST_SESSION: lambda: _("Plan your first session"),
    Step.PLAN_NEXT_SESSION: lambda: _("Plan your next session"),
    Step.TRAIN: lambda: _("Start your role training"),
    Step.GO_ON_TRAINING: lambda: _("Finish your role training"),
    Step.ASSESS: lambda: _("Find your starting point"),
    Step.GO_ON_ASSESSING: lambda: _("Finish the questions about your starting point"),
    Step.SIGN_UP: lambda: _("Sign up for a partner"),
    Step.LOOK_AT_TAKEN_OUT: lambda: _("Look at a session that was taken out"),
    Step.MEET: lambda: _("Meet %(partner)s"),
    Step.WAIT_FOR_ANSWER: lambda: _("Wait for your partner to answer"),
    Step.OFFER_HELD: lambda: _("Your coordinator looks at your offer"),
    Step.WAIT_FOR_CIRCLE: lambda: _("Wait for your circle to start"),
    Step.DONE: lambda: _("Everything is done"),
    Step.PAUSED: lambda: _("Your sign-up is paused"),
    Step.WITHDRAWN: lambda: _("You have withdrawn"),
    Step.WAIT_FOR_OFFER: lambda: _("Wait for an offer"),
    Step.NOTHING: lambda: _("Nothing to do at the moment"),
}

TEXTS: Mapping[Step, Callable[[], str]] = {
    Step.ANSWER_OFFER: lambda: _(
        "%(partner)s was offered to you as a partner on %(day)s. Accept or decline; nobody is asked for a reason."
    ),
    Step.ANSWER_CIRCLE: lambda: _(
        "A circle with one mentor and a few mentees was offered to you on %(day)s. Accept or decline; nobody is asked "
        "for a reason."
    ),
    Step.ANSWER_REQUEST: lambda: _(
        "On %(day)s a mentee asked you to be their mentor. Say yes or no; nobody is asked for a reason."
    ),
    Step.AGREE_ON_SESSION: lambda: _(
        "You and %(partner)s remember the session of %(day)s differently. It counts for neither of you until you agree."
    ),
    Step.CONFIRM_SESSION: lambda: _(
        "Your partner logged a session on %(day)s. Confirm it, or say that it did not take place like this."
    ),
    Step.LOG_SESSION: lambda: _(
        "Your session with %(partner)s was planned for %(when)s. If you met, log it. If not, move it or cancel it."
    ),
    Step.REFLECT: lambda: _("You met on %(day)s. Five minutes are enough, and only you can read what you write."),
    Step.PLAN_FIRST_SESSION: lambda: _(
        "You and %(partner)s have been partners since %(day)s. Hold the first session by %(first_by)s."
    ),
    Step.PLAN_NEXT_SESSION: lambda: _(
        "You last met %(partner)s on %(day)s, and no session is planned. Choose the next date together."
    ),
    Step.TRAIN: lambda: _("Short modules prepare you for your role. Stop on any page; you continue there later."),
    Step.ASSESS: lambda: _("A few minutes of questions on digital skills at work. Only you can read your answers."),
    Step.GO_ON_ASSESSING: lambda: _("Your answers so far are kept. You continue where you stopped."),
    Step.SIGN_UP: lambda: _("Say where you work, which languages you speak and when you have time, and choose topics."),
    Step.LOOK_AT_TAKEN_OUT: lambda: _(
        "You had said that the session of %(day)s took place. Your partner has taken it out, so it counts for neither "
        "of you. If it did take place, you can log it again."
    ),
    Step.MEET: lambda: _("Your session is planned for %(when)s."),
    Step.WAIT_FOR_ANSWER: lambda: _(
        "You have accepted. You and %(partner)s start when %(partner)s accepts too. The offer was made on %(day)s."
    ),
    Step.OFFER_HELD: lambda: _(
        "Something in the organisation has changed since %(partner)s was offered to you. Your coordinator looks at it "
        "first. There is nothing to do for you until then."
    ),
    Step.WAIT_FOR_CIRCLE: lambda: _(
        "You have accepted. The circle starts when its mentor and at least three mentees have accepted. It was offered "
        "on %(day)s."
    ),
    Step.DONE: lambda: _(
        "You have met and reflected as often as the programme asks. You may go on meeting for as long as it helps."
    ),
    Step.PAUSED: lambda: _("Nobody is proposed to you until you resume. Your profile is kept."),
    Step.WITHDRAWN: lambda: _("Nobody is proposed to you. You can sign up again whenever you like."),
    Step.WAIT_FOR_OFFER: lambda: _(
        "You have been signed up since %(day)s. The coordinator now looks for a partner. The offer will be shown here."
    ),
    Step.NOTHING: lambda: _("Come back later: this page says what is next as soon as there is something."),
}

#: Of a step that cannot be done any more after a certain time.
TEXTS_UNTIL: Mapping[Step, Callable[[], str]] = {
    Step.ANSWER_OFFER: lambda: _(
        "%(partner)s was offered to you as a partner on %(day)s. Please answer by %(until)s: accept or decline; nobody "
        "is asked for a reason."
    ),
    Step.WAIT_FOR_ANSWER: lambda: _(
        "You have accepted. You and %(partner)s start when %(partner)s accepts too. The offer waits until %(until)s."
    ),
}

LINKS: Mapping[Part, Callable[[], str]] = {
    Part.TRAINING: lambda: _("Go to the role training"),
    Part.ASSESSMENT: lambda: _("Go to your starting point"),
    Part.PAIRING: lambda: _("Go to sign-up and partner"),
    Part.JOURNAL: lambda: _("Go to sessions and journal"),
}

PLACES: Mapping[Part, Callable[[], str]] = {
    Part.TRAINING: lambda: _("It is in the unit of this course with the role training."),
    Part.ASSESSMENT: lambda: _("It is in the unit of this course with the questions about your starting point."),
    Part.PAIRING: lambda: _("It is in the unit of this course where people sign up for a partner."),
    Part.JOURNAL: lambda: _("It is in the unit of this course with sessions and journal."),
}
