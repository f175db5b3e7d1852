"""How long what staff said about figures is kept, and who said it."""

from accounts.privacy.keeping import KeepingTime

COMMENTS = KeepingTime(
    "comments_on_figures",
    "comments of the centre on its figures, and the names of who wrote them",
    "for good; names until the account is deleted",
)
