"""Many people in a programme, written in a few statements, the same for the same seed."""

from random import Random

import factories
from django.contrib.auth import get_user_model
from django.utils import timezone

from reverse_mentoring_xblock.domain.states import ParticipantState, Role
from reverse_mentoring_xblock.models import Interest, Participant, Wish

TOPICS = ("1.1", "1.2", "2.1", "2.4", "3.3", "4.1", "5.2", "5.3")
WEEK = [[0, 540, 720], [1, 540, 720], [2, 780, 960], [3, 780, 960], [4, 600, 720]]
CHUNK = 500


def crowd(mentors, mentees, seed=1, wishes=2):
    """So many of each, signed up with topics and wishes. Nothing is asked of them but that."""
    random = Random(seed)
    sides = [Role.MENTOR] * mentors + [Role.MENTEE] * mentees
    user = get_user_model()
    names = [f"crowd{seed}-{n}" for n in range(len(sides))]
    user.objects.bulk_create(
        [user(username=name, email=f"{name}@brannock.example", first_name="Ada", last_name=name) for name in names],
        CHUNK,
    )
    accounts = user.objects.filter(username__startswith=f"crowd{seed}-").order_by("pk")
    programme, now = factories.programme(), timezone.now()
    Participant.objects.bulk_create(
        [
            Participant(
                programme=programme,
                user=account,
                role=role,
                state=ParticipantState.SIGNED_UP,
                level=random.randint(1, 4) if role is Role.MENTOR else random.randint(3, 6),
                department=random.choice(["Finance", "Law", "Sales", "Care"]),
                site=random.choice(["Leeds", "Graz", "Nairobi"]),
                manager=f"boss{random.randrange(len(sides))}",
                languages=random.sample(["en", "de", "fr", "sw"], 2),
                time_zone="Europe/London",
                windows=random.sample(WEEK, 3),
                capacity=random.choice([1, 1, 2]),
                rules_agreed_at=now,
                signed_up_at=now,
            )
            for account, role in zip(accounts, sides, strict=True)
        ],
        CHUNK,
    )
    people = list(Participant.objects.filter(programme=programme).order_by("pk"))
    Interest.objects.bulk_create(
        [Interest(participant=one, competence=code) for one in people for code in random.sample(TOPICS, 3)], CHUNK
    )
    sought = {role: [one for one in people if one.role == role] for role in Role}
    Wish.objects.bulk_create(
        [
            Wish(participant=one, wished=other, rank=rank)
            for one in people
            for rank, other in enumerate(random.sample(sought[Role(one.role).other], wishes), 1)
        ],
        CHUNK,
    )
    return people
