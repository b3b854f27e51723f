"""Writing about a session, for oneself."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from ..data import Place
from ..domain.errors import Conflict
from ..domain.states import PairingState, SessionState
from ..models import Reflection
from .pair_claims import claim_pair_of_session
from .standings import Standing, standing_of

#: Far beyond what anybody types, and what the column can count.
MOST_REVISIONS = 500


@dataclass(frozen=True)
class Words:
    """What a person wrote. ``extract`` is the part that the partner reads; empty shows them nothing."""

    what: str
    so_what: str
    now_what: str
    extract: str


@dataclass(frozen=True)
class Saved:
    """The newest revision, and whether a text that the person had not seen stands before it."""

    pairing: str
    revision: int
    is_changed: bool
    is_over_unseen: bool
    standing: Standing


@transaction.atomic
def save_reflection(place: Place, user_id: int, session: UUID, seen: int, words: Words) -> Saved:
    """Keep a person's words about a session as a new revision. ``seen`` is the revision that they were editing.

    The newest text is the one that counts; every earlier one is kept, also when it came from another window. The same
    text again is no new revision. Once a pairing has ended nothing new is shown to the partner, so the extract stays
    as it was. Raises NotFound, and Conflict for a session that has not taken place.
    """
    hold = claim_pair_of_session(place, user_id, session)
    row = hold.session(session)
    if row.state == SessionState.PLANNED:
        raise Conflict("not_held")
    latest = row.reflections.filter(author=hold.participant).order_by("-revision").first()
    if hold.pairing.state != PairingState.ACTIVE:
        words = Words(words.what, words.so_what, words.now_what, latest.extract if latest else "")
    number = latest.revision if latest else 0
    is_changed = latest is None or Words(latest.what, latest.so_what, latest.now_what, latest.extract) != words
    if is_changed and number >= MOST_REVISIONS:
        raise Conflict("revisions_full", most=MOST_REVISIONS)
    if is_changed:
        Reflection.objects.create(
            session=row,
            author=hold.participant,
            revision=number + 1,
            what=words.what,
            so_what=words.so_what,
            now_what=words.now_what,
            extract=words.extract,
        )
    return Saved(
        pairing=str(hold.pairing.uuid),
        revision=number + is_changed,
        is_changed=is_changed,
        is_over_unseen=is_changed and number > seen,
        standing=standing_of(hold.participant),
    )
