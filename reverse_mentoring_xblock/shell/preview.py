"""An invented participant, so that Studio can show authors what a learner will see. Never stored."""

from ..domain.matching import Mode
from ..domain.states import ParticipantState, Role
from ..selectors.participants import ParticipantRow


def sample_participant(role: Role) -> ParticipantRow:
    """Somebody who has just joined in this role."""
    return ParticipantRow(
        id=0,
        uuid="",
        programme_id=0,
        user_id=0,
        username="",
        email="",
        name="",
        role=role,
        state=ParticipantState.JOINED,
        level=None,
        department="",
        site="",
        manager="",
        languages=(),
        time_zone="",
        windows=(),
        mode=Mode.BOTH,
        channels=(),
        style={},
        capacity=1,
        rounds_waited=0,
        committed_at=None,
        rules_agreed_at=None,
        signed_up_at=None,
    )
