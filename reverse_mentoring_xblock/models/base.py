"""What every row has."""

import uuid

from django.db import models


class Row(models.Model):
    """A public id that is safe in a page, and two times."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    modified = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
