from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class EmailUserManager(UserManager["User"]):
    """Creates users whose name is their e-mail address."""

    use_in_migrations = False  # what it does may change; a migration that stands may not

    def _create_by_email(self, email: str, password: str | None, **fields: Any) -> "User":
        user = self.model(email=User.normalise_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # type: ignore[override]  # no username
        """An ordinary person: no staff rights."""
        return self._create_by_email(email, password, **{"is_staff": False, "is_superuser": False, **fields})

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":  # type: ignore[override]  # no username
        """An administrator with every right."""
        return self._create_by_email(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Looks the address up without regard to case."""
        return self.get(email=User.normalise_email(username or ""))


class User(AbstractUser):  # type: ignore[django-manager-missing]  # of Wagtail's untyped LockableMixin
    """Somebody who signs in; the e-mail address is the name, kept in lower case so that one person is one row."""

    username = None  # type: ignore[assignment]  # the address is the name
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(
        _("language"),
        max_length=5,
        blank=True,
        help_text=_("The language of mails and of the admin."),
    )

    signed_out_at = models.DateTimeField(_("signed out everywhere at"), null=True, blank=True, editable=False)

    objects: ClassVar[EmailUserManager] = EmailUserManager()

    # Set for one request by `SecondFactorMiddleware`: this session has not shown the second factor that rights ask for.
    rights_withheld = False

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_in_lower_case",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.normalise_email(self.email)

    @staticmethod
    def normalise_email(address: str) -> str:
        """The one spelling under which an address is kept and looked up."""
        return address.strip().lower()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What an open session must carry: sessions from before `signed_out_at` carry something else."""
        carried: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]  # the stubs leave it out
        if self.signed_out_at is None:
            return carried
        moment = str(self.signed_out_at.timestamp())
        return salted_hmac(
            "accounts.User.signed_out_at", carried + moment, secret=secret, algorithm="sha256"
        ).hexdigest()

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Whether this person has the right, and may use it in the session at hand."""
        return not self.rights_withheld and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """The same for any right in an app."""
        return not self.rights_withheld and super().has_module_perms(app_label)

    @property
    def is_colleague(self) -> bool:
        """Whether this person works in the admin, whatever the session at hand allows."""
        return super().has_perm("wagtailadmin.access_admin")

    @property
    def mail_language(self) -> str:
        """The language in which this person gets mail."""
        return self.language or settings.LANGUAGE_CODE
