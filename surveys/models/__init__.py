from surveys.models.answer_page import AnswerPage, AnswerPageGroup, OfferedCounterparts
from surveys.models.asking import LastAsked
from surveys.models.audit import AuditRun
from surveys.models.ballot import Comment, CounterpartRating, Response, SealedBallot
from surveys.models.comments import CommentHiding, WithheldComments
from surveys.models.instrument import Instrument
from surveys.models.invitation import Invitation
from surveys.models.mail import Mail
from surveys.models.mail_server import MailServer
from surveys.models.people import Collaboration, ColumnName, Department, Employee
from surveys.models.pools import PoolChoice
from surveys.models.staff import StaffUser
from surveys.models.trustee import TrusteeKey
from surveys.models.upload import Upload, UploadPart
from surveys.models.wave import ReportingGroup, Survey, Wave

__all__ = [
    "AnswerPage",
    "AnswerPageGroup",
    "AuditRun",
    "Collaboration",
    "ColumnName",
    "Comment",
    "CommentHiding",
    "CounterpartRating",
    "Department",
    "Employee",
    "Instrument",
    "Invitation",
    "LastAsked",
    "Mail",
    "MailServer",
    "OfferedCounterparts",
    "PoolChoice",
    "ReportingGroup",
    "Response",
    "SealedBallot",
    "StaffUser",
    "Survey",
    "TrusteeKey",
    "Upload",
    "UploadPart",
    "Wave",
    "WithheldComments",
]
