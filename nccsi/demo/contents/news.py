"""What happened so far, as news."""

from hub.pages.models import NewsPage
from nccsi.demo.contents.pages import Tree
from nccsi.demo.reading import words


def load(tree: Tree) -> None:
    """Adds the news that is missing."""
    for item in words.pages()["news_item"]:
        tree.place(f"news-{item['date']:%Y-%m-%d}", NewsPage, item, under="news", date=item["date"])
