"""The invented people of the demo: who they are, where they stand, and making them."""

from .names import DEMO_DOMAIN
from .rows import demo_rows

__all__ = ["DEMO_DOMAIN", "demo_rows"]
