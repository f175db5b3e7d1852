"""How long somebody is named as knowing about a question."""

from accounts.privacy.keeping import KeepingTime

EXPERTS = KeepingTime(
    "experts",
    "who agreed to be named as knowing about a question: name, organisation, field, languages, what they agreed to",
    "until they take it back or their account is deleted",
)
