"""The desk's words on single pairs: weighed first, then kept; and two people paired by hand."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from ..data import Place
from ..domain.errors import Conflict, Invalid
from ..domain.pairing_rules import PairingRules
from ..domain.states import Role
from ..selectors.pair_checks import check_pair
from ..selectors.pairings import people_by_id
from ..selectors.review import MOST_FOUND, people_named, standing_words
from ..selectors.runs import RunRow
from ..services.overriding import keep_word
from ..services.pairing_by_hand import offer_by_hand
from ..services.weighing import Ask, Price, Word, ask_of, weigh
from .events import Event
from .forms.review import FindForm, HandForm, KeepForm, WordForm
from .handling import Done, handles
from .review_words import asked, broken_in_words, price_in_words
from .viewer import Viewer

OFFER = "offer"


class OverrideDesk:
    """For a block with ``place``, ``rules`` and the fields ``weighing``, what is being weighed, and ``by_hand``."""

    place: Place
    rules: PairingRules
    form: Any
    weighing: Any
    by_hand: Any
    shown_part: str

    def overrides(self, run: RunRow | None) -> Mapping[str, Any]:
        """What stands, what is being weighed, and whom a search by hand has found. Five queries at most."""
        return {
            "words": standing_words(self.place, run.id if run else None),
            "weighed": self._weighed(run),
            **self._hand(),
        }

    @handles(region="desk")
    def weigh_word(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show what a word on a pair would change. Without a proposal a word is lifted at once."""
        form = self.form(WordForm, data).read()
        ask = ask_of(self.place, *form["said"])
        if form["run"] is None:
            return self._keep(viewer, form, ask)
        self._weigh(form["run"], form["said"], ask)
        return Done(say="")

    @handles(region="desk")
    def keep_word(self, viewer: Viewer, data: QueryDict) -> Done:
        """Keep a word as it was weighed. Where its price has changed, show the new one."""
        form = self.form(KeepForm, data).read()
        ask = ask_of(self.place, *form["said"])
        try:
            return self._keep(viewer, form, ask)
        except Conflict as refused:
            self.weighing = {}
            if refused.code == "price_changed" and form["run"]:
                self._weigh(form["run"], form["said"], ask)
            raise

    @handles(region="desk")
    def drop_word(self, viewer: Viewer, data: QueryDict) -> Done:
        """Go back from a price without keeping anything."""
        self.weighing = {}
        return Done(say="")

    @handles(region="desk")
    def find_pair(self, viewer: Viewer, data: QueryDict) -> Done:
        """Look for two people to pair by hand."""
        said = self.form(FindForm, data).read()
        self.by_hand = {"mentor_name": said["mentor_name"], "mentee_name": said["mentee_name"]}
        self.shown_part = "by_hand"
        return Done(say="")

    @handles(region="desk")
    def weigh_pair(self, viewer: Viewer, data: QueryDict) -> Done:
        """Check every rule between two people, and show what pairing them means."""
        asked = self.form(HandForm, data)
        asked.is_valid()
        self.by_hand = {**self.by_hand, **{role: str(asked.cleaned_data.get(role, "")) for role in Role}}
        form = asked.read()
        chosen = form["mentor"], form["mentee"]
        ask = ask_of(self.place, Word.FIX, *chosen)
        if form["run"]:
            self._weigh(form["run"], (Word.FIX, *chosen), ask)
        else:
            found = check_pair(self.place, self.rules, *ask.pair, timezone.now().date())
            if found.broken:
                raise Invalid("pair_refused", why=broken_in_words(found.broken))
            self.weighing = self._open("", (OFFER, *chosen), ask)
        return Done(say="")

    @handles(region="desk")
    def offer_pair(self, viewer: Viewer, data: QueryDict) -> Done:
        """Offer two people to each other outside a round."""
        form = self.form(HandForm, data).read()
        ask = ask_of(self.place, Word.FIX, form["mentor"], form["mentee"])
        self.weighing = {}
        with _in_words():
            made = offer_by_hand(self.place, viewer.user_id, self.rules, ask)
        self.by_hand = {}
        return Done(
            say=_("The pair is offered. Both people see it here and accept or decline."),
            events=[Event("pairing.offered_by_hand", {"pairing": made.pairing})] if made.is_changed else [],
        )

    def _keep(self, viewer: Viewer, form: Mapping[str, Any], ask: Ask) -> Done:
        with _in_words():
            made = keep_word(self.place, viewer.user_id, self.rules, ask, form["run"], form.get("seen", ""))
        self.weighing, self.by_hand = {}, {}
        facts = {"run": str(form["run"] or ""), "word": str(ask.word)}
        return Done(say=_SAID[ask.word](), events=[Event("pairing.overridden", facts)] if made.is_changed else [])

    def _weigh(self, run: UUID, said: tuple[Word, UUID, UUID], ask: Ask) -> None:
        with _in_words():
            price = weigh(self.place, self.rules, run, ask)
        self.weighing = {**self._open(str(run), said, ask), **asdict(price)}

    def _open(self, run: str, said: tuple[str, UUID, UUID], ask: Ask) -> dict[str, Any]:
        word, mentor, mentee = said
        return {"run": run, "word": str(word), "people": [str(mentor), str(mentee)], "ids": list(ask.pair)}

    def _weighed(self, run: RunRow | None) -> Mapping[str, Any] | None:
        """What is being weighed, in words; None when it was for another proposal."""
        kept = self.weighing
        if not kept or kept["run"] != (run.uuid if run else ""):
            return None
        given = {field.name: kept[field.name] for field in fields(Price) if field.name in kept}
        price = Price(**given) if given else None
        ids = [*kept["ids"], *(price.alone if price else ()), *(price.joined if price else ())]
        people = people_by_id(ids)
        names = [people[id_].name if id_ in people else "" for id_ in kept["ids"]]
        return {
            "title": asked(kept["word"], *names),
            "word": kept["word"],
            "said": ":".join([kept["word"], *kept["people"]]),
            "mentor": kept["people"][0],
            "mentee": kept["people"][1],
            "seen": kept.get("seen", ""),
            "price": price_in_words(price, _of(price.alone, people), _of(price.joined, people)) if price else [],
        }

    def _hand(self) -> Mapping[str, Any]:
        kept = self.by_hand
        form = self.form(FindForm, initial={name: kept.get(name, "") for name in ("mentor_name", "mentee_name")})
        if not kept.get("mentor_name"):
            return {"find_form": form}
        found = {role: people_named(self.place, role, kept[f"{role}_name"]) for role in Role}
        return {
            "find_form": form,
            "found": [
                (role, _people(rows), rows[0].uuid if len(rows) == 1 else kept.get(role, ""), len(rows) >= MOST_FOUND)
                for role, rows in found.items()
            ],
            "has_both": all(found.values()),
            "most_found": MOST_FOUND,
        }


def _of(ids: Any, people: Mapping[int, Any]) -> list[Any]:
    return sorted((people[id_] for id_ in ids if id_ in people), key=lambda row: row.name.casefold())


def _people(rows: Any) -> list[tuple[str, str]]:
    """People as choices: the name, and what tells two of the same name apart."""
    return [(row.uuid, ", ".join(filter(None, (row.name, row.department, row.site)))) for row in rows]


@contextmanager
def _in_words() -> Iterator[None]:
    """A refusal of a pair, with its rules in words."""
    try:
        yield
    except Invalid as refused:
        if refused.code != "pair_refused":
            raise
        raise Invalid("pair_refused", why=broken_in_words(refused.params["broken"])) from None


_SAID = {
    Word.FIX: lambda: _("Kept. The pair is made in this round and the next ones until you change that."),
    Word.FORBID: lambda: _("Kept. The two are not paired until you change that."),
    Word.LIFT: lambda: _("Done. The matcher decides about these two again."),
}
