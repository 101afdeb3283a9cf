"""Every page of the desk that can be reached, also those that are added later: by the application's own list of
addresses, by links, and by forms that ask; then every form that changes something, sent once.

Of pages that differ only in what they are about (a story's, a feed's) some are seen: `each` of every kind.
"""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from werkzeug.exceptions import HTTPException


class Crawl:
    """`reader` is a `desks.Reader`; addresses are paths with their queries."""

    def __init__(self, reader, each: int = 3, start: tuple[str, ...] = ()):
        self.reader, self.each = reader, each
        self.routes = reader.app.url_map.bind("127.0.0.1")
        self.seen: set[str] = set()
        self.kinds: Counter = Counter()
        self.waiting = deque([*start, *self._fixed()])
        self.forms: dict[
            tuple[str, tuple[str, ...]], tuple[str, list]
        ] = {}  # by what it is: where it goes, fields

    def _fixed(self) -> list[str]:
        rules = self.reader.app.url_map.iter_rules()
        return [rule.rule for rule in rules if not rule.arguments and "GET" in rule.methods]

    def pages(self) -> Iterator[str]:
        """Every address, once it is in the reader."""
        while self.waiting:
            address = self.waiting.popleft().partition("#")[0]
            if address in self.seen or not self._is_wanted(address):
                continue
            self.seen.add(address)
            self.reader.get(address)
            if self.reader.document is not None:
                self._note(self.reader.address)
            yield address

    def send(self, filling: str | None = None) -> Iterator[str]:
        """Sends each form that was met once; what stands in its fields is replaced by `filling` where a person may
        write there. The action, once its answer is in the reader."""
        for action, fields in list(self.forms.values()):
            sent: dict[str, list[str]] = {}
            for name, value, is_written in fields:
                sent.setdefault(name, []).append(filling if is_written and filling is not None else value)
            self.reader.post(action, {**sent, "csrf_token": [self._token()]})
            yield action

    def _token(self) -> str:
        """That of a form which came back for want of one."""
        return self.reader.post("/login", {"a": "1"}).all("//input[@name='csrf_token']/@value")[0]

    def _note(self, address: str) -> None:
        document = self.reader.document
        for each in document.xpath("//a/@href"):
            self._wait(urljoin(address, each))
        for form in document.forms:
            action = urljoin(address, form.get("action") or urlsplit(address).path)
            if (form.get("method") or "get").lower() == "post":
                self._keep(action, form)
            else:
                query = "&".join(f"{name}={value}" for name, value in form.form_values())
                self._wait(f"{action.partition('?')[0]}?{query}")

    def _keep(self, action: str, form) -> None:
        written = {
            one.get("name")
            for one in form.xpath(".//textarea | .//input[@type='text' or @type='search' or @type='url']")
        }
        fields = [(name, value, name in written) for name, value in form.form_values()]
        fields += [
            (one.get("name"), one.get("value") or "", False) for one in form.xpath(".//button[@name]")
        ][:1]
        kind = self._endpoint(action, "POST")
        self.forms.setdefault((kind, tuple(sorted({name for name, *_ in fields}))), (action, fields))

    def _wait(self, address: str) -> None:
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc:
            self.waiting.append(address)

    def _is_wanted(self, address: str) -> bool:
        """Whether there were not yet so many of the kind: of the page, with these names in its query."""
        parts = urlsplit(address)
        names = tuple(sorted({pair.partition("=")[0] for pair in parts.query.split("&")}))
        self.kinds[kind := (self._endpoint(parts.path, "GET"), names)] += 1
        return self.kinds[kind] <= self.each

    def _endpoint(self, path: str, method: str) -> str:
        try:
            return self.routes.match(urlsplit(path).path, method=method)[0]
        except HTTPException as error:
            return type(error).__name__
