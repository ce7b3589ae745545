"""What is in a mail. Each kind has a composer; apps above register theirs when they are ready."""

from surveys.choices import MailKind
from surveys.mails.composing import Composer, NotDueError, compose, register, registered_kinds, render, write
from surveys.mails.invitation import compose_invitation, compose_reminder
from surveys.mails.trustee import compose_trustee

__all__ = ["Composer", "NotDueError", "compose", "register", "registered_kinds", "render", "write"]

register(MailKind.INVITATION, compose_invitation)
register(MailKind.REMINDER, compose_reminder)
register(MailKind.TRUSTEE, compose_trustee)
