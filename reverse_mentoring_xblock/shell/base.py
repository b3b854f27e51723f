"""The class that the five blocks extend: fields, views and services that they have in common."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from web_fragments.fragment import Fragment
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.fields import Boolean, Scope, String

from .. import compat
from ..data import Place
from ..domain.states import ParticipantState, Role
from ..selectors.participants import ParticipantRow, participant_of
from ..services.clearing import forget_in_block
from ..services.joining import join
from .events import Event
from .files import FILES, add_files
from .forms import BlockForm, JoinForm
from .handling import Done, handles
from .rendering import render
from .studio import StudioForm
from .viewer import Viewer, viewer_of
from .zones import zone_of


class HandlerUrls:
    """Addresses of a block's handlers, for templates: ``{{ url.join }}``."""

    def __init__(self, block: Any) -> None:
        self._block = block
        self._known: dict[str, str] = {}

    def __getitem__(self, handler: str) -> str:
        if handler not in self._known:  # a list has the same address in each of its rows
            self._known[handler] = self._block.runtime.handler_url(self._block, handler).rstrip("/?")
        return self._known[handler]


@XBlock.wants("user", "completion", "enrollments", "studio_user_permissions")
@XBlock.needs("i18n")
class ProgrammeBlock(StudioForm, CompletableXBlockMixin, XBlock):
    """A leaf block of a reverse mentoring programme.

    A subclass names its template folder (``area``), its regions and the context of each view.
    """

    resources_dir = "static"
    public_dir = FILES
    has_author_view = True
    area = ""

    programme = String(
        display_name=gettext_lazy("Programme"),
        help=gettext_lazy(
            "Blocks with the same programme name in this course work together. Leave it unless you run several."
        ),
        default="main",
        scope=Scope.settings,
    )
    opened = Boolean(default=False, scope=Scope.user_state, help="Whether the learner has done anything here.")

    # What a subclass provides

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        """The context of the learner's own region."""
        raise NotImplementedError

    def desk(self, viewer: Viewer) -> Mapping[str, Any] | None:
        """The context of the coordinator's region, or None when the block has none."""
        return None

    def sample(self) -> ParticipantRow | None:
        """A participant for Studio's preview; None shows the choice of a role."""
        return None

    # Views

    @XBlock.supports("multi_device")
    def student_view(self, context: Any = None) -> Fragment:
        """What a learner sees, and above it, for course staff, the coordinator's desk."""
        viewer = viewer_of(self)
        if not self.is_in_course:
            return self._fragment(self._notice("library"))
        if viewer.user_id is None and not viewer.is_preview:
            return self.public_view(context)
        if viewer.is_masquerading:
            return self._fragment(self._notice("masquerading"))
        regions = {"journey": self.render_region("journey", viewer)}
        if viewer.is_staff:
            regions = {"desk": self.render_region("desk", viewer), **regions}
        page = {"regions": regions, "block_id": self.block_id, "block": self, "viewer": viewer}
        return self._fragment(render("page.html", page))

    def author_view(self, context: Any = None) -> Fragment:
        """What learners see first, with every control switched off."""
        return self.student_view(context)

    def public_view(self, context: Any = None) -> Fragment:
        """For visitors who are not signed in."""
        return self._fragment(self._notice("signed_out"))

    def render_region(self, region: str, viewer: Viewer, form: BlockForm | None = None, refusal: str = "") -> str:
        """One region's HTML, with the form that was refused, or the sentence of another refusal.

        To staff who view as somebody else nothing of that person is rendered, whatever they ask for. Times are in the
        reader's own zone: the platform's preference, else the one given at sign-up.
        """
        participant = None if region == "desk" or viewer.is_masquerading else self.participant(viewer)
        zone = viewer.time_zone or (participant.time_zone if participant else "")
        with timezone.override(zone_of(zone)):
            template, context = self._region(region, viewer, participant)
            common = {
                "block": self,
                "block_id": self.block_id,
                "url": HandlerUrls(self),
                "viewer": viewer,
                "refused": form,
                "refusal": refusal,
            }
            return render(template, {**common, **context})

    def _region(self, region: str, viewer: Viewer, participant: ParticipantRow | None) -> tuple[str, Mapping[str, Any]]:
        if viewer.is_masquerading:  # a refused handler renders its region, too
            return "shared/_masquerading.html", {}
        if region == "desk":
            context = self.desk(viewer) if viewer.is_staff else None
            return (f"{self.area}/_desk.html", context) if context is not None else ("shared/_nothing.html", {})
        if participant is None or participant.state is ParticipantState.INVITED:
            return "shared/_join.html", {"participant": participant, "form": self.form(JoinForm)}
        return f"{self.area}/_journey.html", {"participant": participant, **self.journey(viewer, participant)}

    # What the views and handlers of subclasses use

    @property
    def place(self) -> Place:
        """Where this block's programme runs."""
        return Place(self.context_key, self.programme)

    @property
    def is_in_course(self) -> bool:
        """False in a content library, where there are no participants."""
        return bool(getattr(self.context_key, "is_course", False))

    @property
    def block_id(self) -> str:
        """A name for ids in the page, unique to this block."""
        return "".join(c if c.isalnum() else "-" for c in str(self.usage_key.block_id))

    def participant(self, viewer: Viewer) -> ParticipantRow | None:
        """The viewer's own place in the programme."""
        if viewer.is_preview:
            return self.sample()
        return participant_of(self.place, viewer.user_id) if viewer.user_id else None

    def form(self, kind: type[BlockForm], data: QueryDict | None = None, **options: Any) -> BlockForm:
        """A form whose ids belong to this block."""
        return kind(data, block_id=self.block_id, **options)

    @handles(region="journey")
    def join(self, viewer: Viewer, data: QueryDict) -> Done:
        """Take part as mentor or mentee."""
        role = Role(self.form(JoinForm, data).read()["role"])
        changed = join(self.place, viewer.user_id, role)
        events = [Event("participant.joined", {"role": str(role)})] if changed else []
        return Done(say=_("You are in."), events=events)

    def clear_student_state(self, **facts: Any) -> None:
        """Called by the platform when staff delete a learner's state in this block, without any service at hand."""
        user_id = compat.user_id_for(facts["user_id"])
        if user_id is not None:
            forget_in_block(self.place, user_id, self.area)

    def max_score(self) -> float:
        """Scores are shares; the block's weight says what they are worth. Asked without a user in a worker."""
        return 1.0

    def _notice(self, kind: str) -> str:
        return render(f"shared/_{kind}.html", {"block": self, "block_id": self.block_id})

    def _fragment(self, html: str) -> Fragment:
        fragment = Fragment(html)
        add_files(self, fragment)
        fragment.initialize_js("ReverseMentoringBlock")
        return fragment
