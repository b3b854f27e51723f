"""Accounts of the site by the names under which a file knows people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import connections, router
from django.db.models.functions import Lower

from ..domain.matching import reference
from .paging import in_chunks

CHUNK = 4000
"""Names in one query, in up to two spellings each: each database takes so many values."""


class Account(NamedTuple):
    """Whose an account is, as files name them."""

    id: int
    username: str
    email: str

    @property
    def names(self) -> frozenset[str]:
        """References by which the person is meant."""
        return frozenset(filter(None, map(reference, (self.username, self.email))))


def accounts_named(names: Iterable[str]) -> Mapping[str, Account | None]:
    """By the ``reference`` of a username or mail address: the account; None where several have it.

    Names that nobody has are left out. A username comes before a mail address, the spelling as given before another.
    Two queries for every ``CHUNK`` names, and two more for every ``CHUNK`` that are not found like that.
    """
    wanted = {reference(name): name.strip() for name in names}
    found: defaultdict[str, set[Account]] = defaultdict(set)
    for chunk in in_chunks(list(wanted.items()), CHUNK):
        _look_up("username", "email", {spelling for pair in chunk for spelling in pair}, wanted, found)
    if connections[router.db_for_read(get_user_model())].vendor != "mysql":  # which compares without case already
        for keys in in_chunks([key for key in wanted if key not in found], CHUNK):
            _look_up("name", "mail", set(keys), wanted, found)
    return {key: _the_one(key, wanted[key], accounts) for key, accounts in found.items()}


def _look_up(
    username: str, email: str, spellings: set[str], wanted: Mapping[str, str], found: Mapping[str, set[Account]]
) -> None:
    """Look in both columns, one after the other: a database uses the index of each."""
    users = get_user_model()._default_manager.annotate(name=Lower("username"), mail=Lower("email"))
    for column, values in ((username, spellings), (email, {text for text in spellings if "@" in text})):
        for row in users.filter(**{f"{column}__in": values}).values_list("pk", "username", "email") if values else ():
            account = Account(*row)
            for key in account.names:
                if key in wanted:
                    found[key].add(account)


def _the_one(key: str, written: str, accounts: set[Account]) -> Account | None:
    tests = (
        lambda account: account.username == written,
        lambda account: reference(account.username) == key,
        lambda account: account.email == written,
        lambda account: True,
    )
    fitting: list[list[Account]] = [[one for one in accounts if test(one)] for test in tests]
    best = next(some for some in fitting if some)
    return best[0] if len(best) == 1 else None
