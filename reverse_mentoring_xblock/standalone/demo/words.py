"""What the demo's people wrote after sessions. Only its author sees a reflection, and the partner the extract."""

from dataclasses import dataclass

from ...domain.states import Role


@dataclass(frozen=True)
class Written:
    """One reflection. ``about`` holds the competences that it speaks of; empty fits a session on anything."""

    what: str
    so_what: str
    now_what: str
    extract: str = ""
    about: tuple[str, ...] = ()


#: What somebody wants to do differently by the end; in the demo all who are through set themselves the same.
GOALS = (
    "I draft a standard letter with the assistant and check every sentence myself before it goes out.",
    "I work with my team in one shared document for a whole month, without sending copies.",
)

REFLECTIONS: dict[Role, tuple[Written, ...]] = {
    Role.MENTOR: (
        Written(
            "I wanted to show everything at once. After ten minutes I gave back the mouse and asked what should happen "
            "next.",
            "Waiting felt long to me and was useful to the other side. The step was found without me.",
            "Next time I prepare one task from real work, and count to ten before I help.",
            "I was glad that you found the step yourself.",
        ),
        Written(
            "We worked in one file. I noticed nodding, so I asked to see it done again without me.",
            "Agreement is not the same as being able to do it. Seeing it done tells me more.",
            "I ask for a repeat at the end of every exercise.",
            about=("2.2", "2.4", "3.1"),
        ),
        Written(
            "A request came to finish a piece of work for the next day. I said what I can do and what the team can do.",
            "It was easier than I had feared, because we had spoken of it in the first session.",
            "I keep the sentence for the next time.",
            "Thank you for taking my no so calmly.",
        ),
        Written(
            "In my ten minutes I asked how a hard decision was made last year, and heard three questions that come "
            "first.",
            "I had never seen a decision from that side.",
            "I use the three questions for my own proposal this month.",
        ),
        Written(
            "We stayed with one topic. I explained less than last time and asked more.",
            "The best moment was a mistake: finding it took four minutes and will be remembered.",
            "I plan a small mistake to find in the next exercise.",
        ),
        Written(
            "The session was short because of a call. We chose the one thing that mattered and did it twice.",
            "A short session with one outcome is better than a moved one.",
            "I propose two dates at once in case one falls through.",
        ),
        Written(
            "We looked for names and numbers in one real list. I kept still while the reasons were found without me.",
            "The question who needs this line did more than my slides on the rules.",
            "I bring a list of our own next time, so that I am the one who strikes out.",
            about=("4.2",),
        ),
    ),
    Role.MENTEE: (
        Written(
            "I said at the start what I avoid and why. It cost me something, and then the work was quick.",
            "I had built ways around this for years. The step itself takes a minute.",
            "I do it once with a real report before Friday.",
            "It helped that you let me do it with my own hands.",
        ),
        Written(
            "I interrupted twice because I thought I knew the reason. The reason was another one.",
            "I listen differently when somebody may correct me.",
            "Next time I write my guess down and wait.",
        ),
        Written(
            "I practised between the sessions, so we could start with what had gone wrong.",
            "Bringing a failed attempt saves us the first quarter of an hour.",
            "I keep ten minutes on Wednesdays for practice.",
            "I will bring the file in which I got stuck.",
        ),
        Written(
            "We checked where a number came from. It counted one thing twice.",
            "I would have signed it. Now I know which question to ask.",
            "I ask where a figure comes from once in every management meeting.",
            about=("1.2", "1.3"),
        ),
        Written(
            "I used the shared file in front of my own team and had to search for a button.",
            "Nobody minded, and two people asked a question they had kept for months.",
            "I leave the slides at home next month as well.",
            about=("2.2", "2.4"),
        ),
        Written(
            "I was tired and wanted to move the session. I came anyway, and we made the exercise smaller.",
            "The habit matters more than the amount.",
            "I keep the date fixed and let the content shrink.",
        ),
        Written(
            "I built one page with headings that can be jumped to, from a text that I used to send as it was.",
            "My readers have searched for years for what I could have marked in two minutes.",
            "I do the same with the next circular, alone.",
            "You were right about the headings.",
            about=("3.1", "3.2"),
        ),
        Written(
            "We went through a list with names and struck out every column that nobody could explain.",
            "Half of what we keep about people is there because it was there.",
            "I take the short list to the next team meeting and ask who misses anything.",
            about=("4.2",),
        ),
    ),
}
