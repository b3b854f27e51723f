"""Who may call what: the one table. Whose object it is, a service decides when it looks the object up.

Every handler of every block stands here, and a test walks the whole table as every kind of person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .errors import NotAllowed


class Audience(StrEnum):
    """Kinds of caller."""

    LEARNER = "learner"  # enrolled in the course, or on its staff: acts for themselves only
    COORDINATOR = "coordinator"  # course staff
    AUTHOR = "author"  # may write the course, in Studio


HANDLERS: Mapping[str, Mapping[str, Audience]] = {
    "reverse_mentoring": {
        "join": Audience.LEARNER,
        "change_role": Audience.LEARNER,
        "export_states": Audience.COORDINATOR,
        "submit_studio_edits": Audience.AUTHOR,
    },
    "reverse_mentoring_training": {
        "join": Audience.LEARNER,
        "open_module": Audience.LEARNER,
        "turn_page": Audience.LEARNER,
        "submit_check": Audience.LEARNER,
        "submit_studio_edits": Audience.AUTHOR,
    },
    "reverse_mentoring_assessment": {
        "join": Audience.LEARNER,
        "begin": Audience.LEARNER,
        "answer_item": Audience.LEARNER,
        "go_back": Audience.LEARNER,
        "show_partial": Audience.LEARNER,
        "submit_assessment": Audience.LEARNER,
        "swap_topic": Audience.LEARNER,
        "choose_sharing": Audience.LEARNER,
        "choose_offers": Audience.LEARNER,
        "keep_goals": Audience.LEARNER,
        "date_goal": Audience.LEARNER,
        "export_own": Audience.LEARNER,
        "show_cohort": Audience.COORDINATOR,
        "export_cohort": Audience.COORDINATOR,
        "save_bank": Audience.AUTHOR,
        "submit_studio_edits": Audience.AUTHOR,
    },
    "reverse_mentoring_pairing": {
        "join": Audience.LEARNER,
        "sign_up": Audience.LEARNER,
        "open_profile": Audience.LEARNER,
        "open_step": Audience.LEARNER,
        "save_step": Audience.LEARNER,
        "open_cards": Audience.LEARNER,
        "wish": Audience.LEARNER,
        "avoid": Audience.LEARNER,
        "take_back_card": Audience.LEARNER,
        "pause": Audience.LEARNER,
        "resume": Audience.LEARNER,
        "withdraw": Audience.LEARNER,
        "accept": Audience.LEARNER,
        "decline": Audience.LEARNER,
        "end_pairing": Audience.LEARNER,
        "open_mentors": Audience.LEARNER,
        "ask_mentor": Audience.LEARNER,
        "take_back_request": Audience.LEARNER,
        "accept_request": Audience.LEARNER,
        "decline_request": Audience.LEARNER,
        "propose": Audience.COORDINATOR,
        "look_at_search": Audience.COORDINATOR,
        "cancel_search": Audience.COORDINATOR,
        "show_round": Audience.COORDINATOR,
        "release": Audience.COORDINATOR,
        "discard": Audience.COORDINATOR,
        "release_part": Audience.COORDINATOR,
        "finish_round": Audience.COORDINATOR,
        "arrange_pairs": Audience.COORDINATOR,
        "turn_pairs_page": Audience.COORDINATOR,
        "turn_left_out_page": Audience.COORDINATOR,
        "weigh_word": Audience.COORDINATOR,
        "keep_word": Audience.COORDINATOR,
        "drop_word": Audience.COORDINATOR,
        "find_pair": Audience.COORDINATOR,
        "weigh_pair": Audience.COORDINATOR,
        "offer_pair": Audience.COORDINATOR,
        "open_circles": Audience.COORDINATOR,
        "offer_circle": Audience.COORDINATOR,
        "end_circle": Audience.COORDINATOR,
        "forecast_ready": Audience.COORDINATOR,
        "forecast_invented": Audience.COORDINATOR,
        "try_points": Audience.COORDINATOR,
        "open_desk_page": Audience.COORDINATOR,
        "turn_roster_page": Audience.COORDINATOR,
        "choose_people": Audience.COORDINATOR,
        "open_person": Audience.COORDINATOR,
        "invite": Audience.COORDINATOR,
        "remind": Audience.COORDINATOR,
        "remove_people": Audience.COORDINATOR,
        "send_roster": Audience.COORDINATOR,
        "take_in_roster": Audience.COORDINATOR,
        "drop_roster": Audience.COORDINATOR,
        "export_roster": Audience.COORDINATOR,
        "declare_conflict": Audience.COORDINATOR,
        "take_back_conflict": Audience.COORDINATOR,
        "show_names": Audience.COORDINATOR,
        "show_pairs": Audience.COORDINATOR,
        "open_pair": Audience.COORDINATOR,
        "withdraw_offer": Audience.COORDINATOR,
        "extend_offer": Audience.COORDINATOR,
        "end_for_both": Audience.COORDINATOR,
        "part_pair": Audience.COORDINATOR,
        "find_mentor": Audience.COORDINATOR,
        "hand_over": Audience.COORDINATOR,
        "pause_for": Audience.COORDINATOR,
        "resume_for": Audience.COORDINATOR,
        "turn_history_page": Audience.COORDINATOR,
        "export_history": Audience.COORDINATOR,
        "submit_studio_edits": Audience.AUTHOR,
    },
    "reverse_mentoring_journal": {
        "join": Audience.LEARNER,
        "open_pairing": Audience.LEARNER,
        "open_session": Audience.LEARNER,
        "plan_session": Audience.LEARNER,
        "move_session": Audience.LEARNER,
        "cancel_session": Audience.LEARNER,
        "log_session": Audience.LEARNER,
        "confirm_session": Audience.LEARNER,
        "dispute_session": Audience.LEARNER,
        "save_reflection": Audience.LEARNER,
        "add_action": Audience.LEARNER,
        "finish_action": Audience.LEARNER,
        "take_back_action": Audience.LEARNER,
        "submit_studio_edits": Audience.AUTHOR,
    },
}


@dataclass(frozen=True)
class Caller:
    """The facts about a caller that the table is read with."""

    is_signed_in: bool
    is_enrolled: bool
    is_staff: bool
    is_masquerading: bool
    is_preview: bool


def check_caller(block_type: str, handler: str, caller: Caller) -> None:
    """Raise NotAllowed unless the table lets this caller use this handler for themselves."""
    audience = HANDLERS[block_type][handler]
    if caller.is_preview:
        raise NotAllowed("preview")
    if not caller.is_signed_in:
        raise NotAllowed("signed_out")
    if caller.is_masquerading:
        raise NotAllowed("masquerading")
    if audience is Audience.COORDINATOR and not caller.is_staff:
        raise NotAllowed("staff_only")
    if audience is Audience.LEARNER and not (caller.is_enrolled or caller.is_staff):
        raise NotAllowed("not_enrolled")
