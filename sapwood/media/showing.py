"""Cards and files as one person's page shows them: with addresses signed for that person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from sapwood.media.addresses import address, srcset
from sapwood.media.links.players import Player
from sapwood.media.models import LinkCard, Upload
from sapwood.people.models import Person
from sapwood.writing.words import links_in


@dataclass(frozen=True)
class ShownCard:
    """What `ui.link_card` draws. `picture` is our own copy, or empty; sizes are in pixels."""

    url: str
    host: str
    site: str
    title: str
    summary: str
    kind: str
    ending: str
    picture: str = ""
    width: int = 0
    height: int = 0
    player: Player | None = None


@dataclass(frozen=True)
class ShownFile:
    """What `ui.files` and `ui.file_drop` draw. `ending` is its type as people say it."""

    pk: UUID
    name: str
    ending: str
    kilobytes: int
    alt: str
    url: str
    is_picture: bool
    small: str = ""
    srcset: str = ""
    width: int = 0
    height: int = 0

    @property
    def words_url(self) -> str:
        """Where its owner says what it shows."""
        return reverse("file_words", args=[self.pk])


def cards_for(person: Person, texts: Sequence[str]) -> list[list[ShownCard]]:
    """The cards of each text, in its order, at most three each; one query for all texts."""
    links = [links_in(text) for text in texts]
    cards = LinkCard.of({link for several in links for link in several})
    return [[shown_card(cards[x], x, person) for x in several if x in cards] for several in links]


def shown_card(card: LinkCard, url: str, person: Person) -> ShownCard:
    """One card, leading to the address as it was written."""
    picture = card.picture
    return ShownCard(
        url=url,
        host=card.host,
        site=card.site,
        title=card.title,
        summary=card.summary,
        kind=card.kind,
        ending=card.ending,
        picture=address(picture, person) if picture else "",
        width=(picture.width or 0) if picture else 0,
        height=(picture.height or 0) if picture else 0,
        player=card.player,
    )


def shown_files(uploads: Iterable[Upload], person: Person) -> list[ShownFile]:
    """Uploads of a page that `person` may see, in their order; asks the database nothing."""
    return [_shown(upload, person) for upload in uploads]


def _shown(upload: Upload, person: Person) -> ShownFile:
    pictured = upload.is_picture
    return ShownFile(
        pk=upload.pk,
        name=upload.name,
        ending=upload.name.rpartition(".")[2].upper(),
        kilobytes=max(1, upload.size // 1024),
        alt=upload.alt,
        url=address(upload, person),
        is_picture=pictured,
        small=address(upload, person, small=True) if pictured else "",
        srcset=srcset(upload, person) if pictured else "",
        width=upload.width or 0,
        height=upload.height or 0,
    )
