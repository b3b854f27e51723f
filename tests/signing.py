"""Signing up through the block as a person does it: one step after the other, then the ground rules."""

from callers import Browser

PAIRING = "reverse_mentoring_pairing"

#: What somebody says in each step, in order.
STEPS = {
    "work": {"level": "6", "department": "Finance", "site": "Leeds", "manager": "Margaret@Brannock.example"},
    "hours": {"time_zone": "europe/london", "hours": ["0-morning", "0-midday", "2-afternoon"]},
    "meeting": {
        "languages": ["en", "sv"],
        "other_languages": "Catalan; sw",
        "mode": "both",
        "channels": ["video", "in_person"],
    },
    "topics": {"topics": ["1.2", "4.1"], "matters-1.2": "3", "matters-4.1": "1"},
    "style": {"planning": "2", "learning": "5"},
    "commitment": {"capacity": "2", "has_committed": "true"},
    "apart": {"vetoes": "paolo\r\n\r\n  Grace@brannock.example \r\npaolo"},
}


def answers(step, **changed):
    """What is said in a step; None leaves a field out."""
    return {name: value for name, value in {**STEPS[step], **changed}.items() if value is not None}


def say(person, step, **changed):
    """Save one step."""
    return Browser(person.user).do(PAIRING, "save_step", step=step, **answers(step, **changed))


def say_everything(person, **changed):
    """Go through all steps; ``changed`` has other answers by step. The last answer."""
    for step in STEPS:
        answer = say(person, step, **changed.get(step, {}))
        assert answer.status == 200, answer.html
    return answer


def sign_up(person, **changed):
    """Go through all steps, agree and sign up."""
    say_everything(person, **changed)
    return Browser(person.user).do(PAIRING, "sign_up", agree="true")
