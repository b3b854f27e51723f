"""Ids that name a person to a block without telling who it is: signed, so that the site can read them back."""

from django.core import signing

_SALT = "reverse-mentoring.anonymous-id"


def anonymous_id_of(user_id: int) -> str:
    """The anonymous id of a person on this site."""
    return signing.Signer(salt=_SALT, sep=".").sign(str(user_id))


def user_id_of(anonymous_id: str) -> int | None:
    """The person behind an anonymous id, or None if this site never gave it."""
    try:
        return int(signing.Signer(salt=_SALT, sep=".").unsign(anonymous_id))
    except (signing.BadSignature, ValueError):
        return None
