"""The ground rules that everybody agrees to at sign-up, unless the author writes others."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: Markdown. Studio shows it in English; learners who have not been given other rules read it in their own language.
GROUND_RULES = gettext_noop(
    "- **What is said stays between the two of you.** You may tell others what you have learnt. You repeat what the "
    "other person said only if you both agree.\n"
    "- **There are limits.** A risk of harm to somebody, a legal duty to report, serious misconduct and a security "
    "incident have to be passed on. Tell your partner first, if that is safe, and pass on only what is needed.\n"
    "- **No appraisal and no favours.** Nothing from here is used to judge the work of either of you. There are no "
    "tasks, no references and no talk of the promotion of the other.\n"
    "- **Either of you may end the pairing at any time,** without giving a reason. Nobody is blamed, and no grade "
    "is lowered.\n"
    "- **No recording and no AI assistant in a session,** unless you have both agreed to it beforehand.\n"
    "- **Company and customer data stay out** of AI tools that your organisation has not approved.\n"
    "- **The mentee makes the appointments** and moves one in good time rather than missing it. The mentor prepares "
    "what you do in them."
)


def in_the_readers_language(rules: str) -> str:
    """Our own rules translated; an author's as they are."""
    return _(GROUND_RULES) if rules.strip() == GROUND_RULES else rules
