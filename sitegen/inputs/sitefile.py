"""The records of site.yaml as it is written: the schema of the file, in which an unknown key is an error."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from sitegen.inputs.config_rules import CURRENT
from sitegen.inputs.identity import ProductEntry, PublisherEntry, Texts
from sitegen.model.admin import Admin
from sitegen.model.config import (
    TIME_LIMIT,
    Calendar,
    Cards,
    Direction,
    Fallback,
    Feed,
    FileOptions,
    ImageOptions,
    Look,
    MarkdownOptions,
    RawHtml,
    Status,
    Target,
    Theme,
)
from sitegen.model.hosting import Hosts
from sitegen.text.suppressions import CheckOptions


class LanguageEntry(Struct, frozen=True):
    """One entry of `languages`."""

    label: str
    locale: str = ""
    direction: Direction = "ltr"
    weight: int = 0
    fallback: Fallback | UnsetType = UNSET
    status: Status = "published"


class SiteFile(Struct, frozen=True, kw_only=True):
    """site.yaml as it is written."""

    title: Texts
    default_language: str
    languages: dict[str, LanguageEntry]
    description: Texts = ""
    base_url: str = ""
    navigation: dict[str, tuple[str, ...]] = {}
    fallback: Fallback = "link"
    feed: Feed | UnsetType = UNSET
    markdown: MarkdownOptions = MarkdownOptions()
    raw_html: RawHtml = RawHtml()
    images: ImageOptions = ImageOptions()
    files: FileOptions = FileOptions()
    search: bool = False
    output: str = "public"
    extra: dict[str, Any] = {}
    calendars: dict[str, Calendar] = {}
    cards: Cards | UnsetType = UNSET
    edit_url: str = ""
    create_url: str = ""
    report_url: str = ""
    theme: Theme | Look = "default"
    check: CheckOptions = CheckOptions()
    deploy: dict[str, Target] = {}
    version: int = CURRENT
    time_limit: Annotated[int, Meta(ge=1, le=3600)] = TIME_LIMIT
    hosts: Hosts = Hosts()
    publisher: PublisherEntry | UnsetType = UNSET
    product: ProductEntry | UnsetType = UNSET
    admin: Admin | UnsetType = UNSET
