"""The models of all rooms, where Django looks for them; nothing else imports this."""

from accounts.personal_data.models import DataCopy, Erasure
from accounts.privacy.models import KeepingRun
from accounts.users.models import EmailUserManager, User

__all__ = ["DataCopy", "EmailUserManager", "Erasure", "KeepingRun", "User"]
