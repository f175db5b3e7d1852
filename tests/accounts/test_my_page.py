import pytest
from django.test import Client

from accounts.users.models import User


@pytest.mark.django_db
def test_my_page_asks_to_sign_in(visitor: Client) -> None:
    response = visitor.get("/en/my/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_my_page_names_its_owner(partner: Client, partner_user: User) -> None:
    assert str(partner_user) in partner.get("/en/my/").content.decode()


@pytest.mark.django_db
def test_changing_name_and_language(partner: Client, partner_user: User) -> None:
    address = "/en/my/details/"
    assert partner.get(address).status_code == 200
    answer = partner.post(address, {"first_name": "Changed", "last_name": "Name", "language": "fr"})
    assert answer.status_code == 302
    partner_user.refresh_from_db()
    assert (partner_user.first_name, partner_user.mail_language) == ("Changed", "fr")


@pytest.mark.django_db
def test_a_language_that_is_not_offered_is_refused(partner: Client, partner_user: User) -> None:
    answer = partner.post("/en/my/details/", {"first_name": "A", "last_name": "B", "language": "xx"})
    assert answer.status_code == 200
    partner_user.refresh_from_db()
    assert partner_user.language == "en"
