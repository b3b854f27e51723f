"""The stretches of a programme as people walk them by hand: join, train, answer questions, sign up."""

import re

from playwright.sync_api import expect

from reverse_mentoring_xblock.content.loading import load_training_pack, training_words
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Attempt

HOME = "reverse_mentoring"
TRAINING = "reverse_mentoring_training"
ASSESSMENT = "reverse_mentoring_assessment"
PAIRING = "reverse_mentoring_pairing"
JOURNAL = "reverse_mentoring_journal"

PARTS = {
    Role.MENTEE: "Mentee: I want to work on my own digital skills",
    Role.MENTOR: "Mentor: I help a more senior colleague with theirs",
}
SENIORITY = {Role.MENTEE: "7: heads a department", Role.MENTOR: "2: early in a career"}
HOW_SURE = "How sure are you of that?"
LADDER = ("I'd want someone beside me", "I get there with notes or a search", "I do it unaided")


def is_told(hands, next_step):
    """The home page names this as the next step."""
    hands.visit(HOME)
    expect(hands.page.locator("section.rm .rm-card h4").first).to_contain_text(next_step)


def is_refused(hands, sentence):
    """The refusal has the focus, and its first link leads to the field it is about."""
    summary = hands.page.locator(".rm-problem")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(sentence)
    hands.press("link", re.compile("."), within=summary)
    assert hands.page.evaluate("document.activeElement.matches('input, select, textarea')")


def join(hands, role):
    """Take part, at the second attempt: the first one chooses nothing."""
    hands.visit(HOME)
    hands.press("button", "Take part")
    is_refused(hands, "Choose one of the two roles.")
    hands.tick(PARTS[role])
    hands.press("button", "Take part")
    hands.sees("Start your role training")


def train(hands, role):
    """Read both modules and pass their checks. The first check is refused, then failed, then passed."""
    hands.visit(TRAINING)
    first, second = (module for module in load_training_pack().modules if module.role == role)
    _read(hands, first)
    hands.press("button", "Hand in the check")
    is_refused(hands, "Question 1: choose one answer.")
    _hand_in(hands, first, is_right=False)
    hands.sees("0 of 5 right")
    hands.press("button", "Read the pages again")
    _read(hands, first, start=None)
    hands.unfold("Take the check again")
    _hand_in(hands, first)
    hands.sees("This module is passed.")
    hands.press("button", "Back to the modules")
    is_told(hands, "Finish your role training")
    hands.follow("Go to the role training")
    _read(hands, second)
    _hand_in(hands, second)
    hands.sees("This module is passed.")
    hands.press("button", "Back to the modules")
    hands.sees("You have passed the training for your role.")


def assess(hands):
    """Answer every question, going back, skipping, leaving out; check, change and hand in."""
    hands.visit(ASSESSMENT)
    hands.press("button", "Begin the questions")
    Attempt.objects.update(
        seed=0, form="A"
    )  # the order is drawn for each person; the same for all keeps the looking short
    hands.visit(ASSESSMENT)
    hands.press("button", "Save and go on")
    is_refused(hands, "Choose one answer.")
    _answer(hands, "I'd rather skip")
    hands.press("button", "Back to the previous question")
    expect(hands.page.get_by_label("I'd rather skip")).to_be_checked()
    _answer(hands, "I'd want someone beside me")
    hands.sees("Question 2 of about")
    _answer(hands, "I get there with notes or a search")
    _answer(hands, "A great deal")
    _answer(hands, "Doesn't come up in my role")
    _answer(hands, "I'd rather skip")
    number = 0
    while not hands.page.get_by_role("heading", name="Check your answers").count():
        if hands.page.get_by_role("group", name=HOW_SURE).count():
            _answer_situation(hands)
            continue
        is_ladder = hands.page.get_by_label("I do it unaided").count()
        _answer(hands, LADDER[number % 3] if is_ladder else "Quite a lot")
        number += 1
    hands.sees("You skipped 1; it counts neither for nor against you.")
    hands.unfold("Safety")
    hands.press("button", "Change", exact=False)
    _answer(hands, "New to me")
    while not hands.page.get_by_role("heading", name="Check your answers").count():
        if hands.page.get_by_role("group", name=HOW_SURE).count():
            _answer_situation(hands)
        else:
            _answer(hands, "I'd want someone beside me")
    hands.press("button", "Hand in and see my report")
    hands.sees("Three topics for your sessions")


def settle_topics(hands):
    """Read the whole report, swap a topic, and let the mentor see more."""
    for fold in hands.page.locator("section.rm .rm-wide ~ details > summary").all_inner_texts():
        hands.unfold(fold.strip())
    hands.unfold("How this was worked out, and who sees it")
    hands.unfold("Swap this topic")
    swap = hands.page.get_by_label("Work on this instead").first
    wanted = swap.locator("option").nth(2).inner_text()
    hands.choose("Work on this instead", wanted)
    hands.press("button", "Swap the topic")
    expect(hands.page.get_by_role("heading", name="Topics for your sessions", exact=True)).to_be_focused()
    hands.sees(f"“{wanted}”")
    hands.tick("My level in each of the five areas, in words and without numbers")
    hands.press("button", "Save what I share")
    expect(hands.page.get_by_role("heading", name="What your mentor sees")).to_be_focused()
    hands.sees("Levels, in the mentee's own view")


def sign_up(hands, role, topics=()):
    """Sign up for pairing step by step; the first step is refused, one is left and taken up again, one changed."""
    hands.visit(PAIRING)
    hands.press("button", "Save and go on")
    is_refused(hands, "Choose the level that comes nearest to your job.")
    hands.choose("Your level", SENIORITY[role])
    hands.write("Department", "Networks" if role is Role.MENTOR else "Customer services")
    hands.write("Site, if you have one", "Leeds")
    hands.tick("I have no manager in this organisation")
    _go_on(hands, "When you can meet")
    for hour in ("Monday, 09:00 to 12:00", "Wednesday, 14:00 to 17:00"):
        hands.tick(hour)
    _go_on(hands, "How you can meet")
    hands.tick("English")
    hands.press("button", "Save and leave")
    hands.sees("What you have said so far")
    hands.press("button", "Go on with the next step")
    expect(hands.page.get_by_label("English")).to_be_checked()
    hands.tick("From afar only")
    hands.tick("Video call")
    _go_on(hands, "What it should be about")
    for topic in topics:
        hands.tick(topic)
    _go_on(hands, "How you like to work")
    planned = hands.page.get_by_role("group", name="Planned or spontaneous?")
    hands.tick("2: I plan ahead", within=planned)
    hands.press("button", "Back to the step before")
    _go_on(hands, "How you like to work")
    expect(planned.get_by_label("2: I plan ahead")).to_be_checked()
    _go_on(hands, "What it takes")
    if role is Role.MENTOR:
        hands.tick("1")
    hands.tick("I can give this time")
    _go_on(hands, "People to keep apart from")
    hands.write("People you would rather not be paired with", "somebody.else")
    _go_on(hands, "Check your answers")
    hands.press("button", "Change How you can meet")
    hands.tick("Both, whatever suits the other person")
    _go_on(hands, "Check your answers")
    hands.press("button", "Sign up for pairing")
    is_refused(hands, "Without the ground rules nobody is paired.")
    hands.tick("I keep to these ground rules")
    hands.press("button", "Sign up for pairing")
    hands.sees("You are signed up for the next round")


def wish(hands):
    """Look at the cards, wish for the first, take it back, pass it over, take that back as well."""
    hands.visit(PAIRING)
    hands.press("button", "Look at the cards")
    hands.choose("Your wish", "Second wish")
    hands.press("button", "Save the wish", exact=False)
    hands.sees("Those whom you wish for")
    hands.press("button", "Take the wish back", exact=False)
    hands.misses("Those whom you wish for")
    hands.unfold("Not this person")
    hands.press("button", "Pass this person over", exact=False)
    hands.sees("There is no card for you now")
    hands.unfold("1 person whom you passed over")
    hands.press("button", "Take back", exact=False)
    hands.press("button", "Back to your place in the programme")
    hands.sees("You are signed up for the next round")


def _go_on(hands, title):
    """Save a step; the next page has this title, and the keyboard is there."""
    hands.press("button", "Save and go on")
    expect(hands.page.get_by_role("heading", name=title, exact=True)).to_be_focused()


def _read(hands, module, start="Start"):
    title = training_words("en")[f"{module.id}.title"]
    if start:
        hands.press("button", f"{start} {title}")
    for _ in module.pages[1:]:
        hands.press("button", "Next page")
    hands.press("button", "Go to the check")


def _hand_in(hands, module, is_right=True):
    words, keys = training_words("en"), load_training_pack().keys
    for question in module.check:
        stem = f"{module.id}.check.{question.id}"
        key = keys[module.id, question.id]
        chosen = key if is_right else next(option for option in question.options if option != key)
        asked = hands.page.get_by_role("group", name=words[f"{stem}.stem"])
        hands.tick(words[f"{stem}.opt.{chosen}"], within=asked)
    hands.press("button", "Hand in the check")


def _answer_situation(hands):
    """Choose the first option of a situation, at the first one without saying how sure."""
    first = hands.page.locator("form[action$=answer_item] fieldset").first.locator(".rm-choice").first.inner_text()
    hands.tick(first.strip())
    if not hands.was_refused:
        hands.was_refused = True
        hands.press("button", "Save and go on")
        is_refused(hands, "Say how sure you are of your choice")
    _answer(hands, "Fairly sure", exact=False)


def _answer(hands, words, *, exact=True):
    hands.tick(words, exact=exact)
    hands.press("button", "Save and go on")
