"""The sentence for every refusal: what happened, what was kept, what to do next."""

from collections.abc import Callable, Mapping

from ...domain.errors import ProgrammeError
from . import assessment, common, journal, pairing, roster, training

SENTENCES: Mapping[str, Callable[[], str]] = {
    **common.SENTENCES,
    **training.SENTENCES,
    **assessment.SENTENCES,
    **pairing.SENTENCES,
    **journal.SENTENCES,
    **roster.SENTENCES,
}


def sentence_for(error: ProgrammeError) -> str:
    """The translated sentence for a refusal, filled with its facts."""
    return SENTENCES[error.code]() % error.params
