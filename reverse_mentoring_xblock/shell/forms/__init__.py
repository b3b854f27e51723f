"""Reading what a person sent: one form per action, bound to the page's own labels and errors."""

from .base import BlockForm, FormRefused
from .joining import JoinForm, RoleForm

__all__ = ["BlockForm", "FormRefused", "JoinForm", "RoleForm"]
