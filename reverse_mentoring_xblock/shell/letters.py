"""Mail to people of the roster: short, plain, in the language in which they read the platform."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext

from django.utils import translation
from django.utils.translation import gettext as _

from .. import compat
from ..data import Place
from ..domain.next_step import Part
from ..domain.states import Role
from ..services.inviting import Addressee, Call
from ..services.mailing import Letter
from .course_parts import CourseParts, parts_of


def writer(place: Place, kind: Call) -> Callable[[list[Addressee]], list[Letter]]:
    """What writes the letters of this kind, each with the address of the page to go to."""

    def write(addressees: list[Addressee]) -> list[Letter]:
        parts = {role: parts_of(place, role) for role in Role}
        languages = compat.languages_of([one.user_id for one in addressees])
        return [_letter(one, kind, parts[one.role], languages.get(one.user_id)) for one in addressees]

    return write


def _letter(one: Addressee, kind: Call, parts: CourseParts, language: str | None) -> Letter:
    known = language and translation.check_for_language(language)
    with translation.override(language) if known else nullcontext():
        address = _address(one, kind, parts)
        paragraphs = [_greeting(one), *(_invitation(one) if kind is Call.INVITE else _reminder(one)), *address]
        return Letter(one.id, one.email, _SUBJECTS[kind](), "\n\n".join(paragraphs) + "\n")


def _greeting(one: Addressee) -> str:
    return _("Hello %(name)s,") % {"name": one.first_name or one.row.username}


def _invitation(one: Addressee) -> list[str]:
    what = {
        Role.MENTOR: lambda: _(
            "You are invited to be a mentor in our mentoring programme: you show a more senior colleague what you "
            "know about working with digital tools, in a handful of sessions."
        ),
        Role.MENTEE: lambda: _(
            "You are invited to be a mentee in our mentoring programme: a more junior colleague works with you on "
            "digital skills that matter to you, in a handful of sessions."
        ),
    }
    return [
        what[one.role](),
        _(
            "The page below says what it takes. To take part, accept there. If you would rather not, you need not do "
            "anything."
        ),
    ]


def _reminder(one: Addressee) -> list[str]:
    steps = [f"- {_STEPS[code]()}" for code in one.row.missing if code in _STEPS]
    return [
        _("You take part in our mentoring programme. Before a partner can be found for you, this is left to do:"),
        "\n".join(steps),
        _("If you do not want to take part any more, tell the people who run the programme. You need give no reason."),
    ]


def _address(one: Addressee, kind: Call, parts: CourseParts) -> list[str]:
    """The page of the first thing to do; of the pairing where that has none; nothing on a host that knows none."""
    wanted = [] if kind is Call.INVITE else [_PARTS[code] for code in one.row.missing if code in _PARTS]
    for part in (*wanted, Part.PAIRING):
        if part in parts.addresses:
            return [compat.whole_address(parts.addresses[part])]
    return []


_SUBJECTS: Mapping[Call, Callable[[], str]] = {
    Call.INVITE: lambda: _("An invitation to the mentoring programme"),
    Call.REMIND: lambda: _("Your place in the mentoring programme: what is left to do"),
}
_STEPS: Mapping[str, Callable[[], str]] = {
    "training": lambda: _("Pass the training for your role."),
    "assessment": lambda: _("Hand in your self-assessment."),
    "sign_up": lambda: _("Sign up for a partner."),
}
_PARTS: Mapping[str, Part] = {"training": Part.TRAINING, "assessment": Part.ASSESSMENT, "sign_up": Part.PAIRING}
