"""Several people at once, each with a real connection of their own."""

import threading

import pytest
from django.db import connection

from reverse_mentoring_xblock.domain.errors import ProgrammeError
from reverse_mentoring_xblock.services.contention import with_retries


@pytest.fixture
def at_once(transactional_db):
    """``at_once([call, call, ...])``: run the calls at the same moment; outcomes come in the same order."""

    def run(calls):
        barrier = threading.Barrier(len(calls))
        outcomes = [None] * len(calls)

        def one(place, call):
            try:
                connection.ensure_connection()
                barrier.wait(timeout=20)
                outcomes[place] = with_retries(call)
            except ProgrammeError as refusal:
                outcomes[place] = refusal
            except BaseException as error:
                outcomes[place] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=one, args=item) for item in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        broken = [o for o in outcomes if isinstance(o, BaseException) and not isinstance(o, ProgrammeError)]
        assert not broken, broken
        return outcomes

    return run
