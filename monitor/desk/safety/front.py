"""The first to see a request, before any address is looked up: which host was asked, and what a proxy says of who asks.

1. A host that is not ours is answered with a sentence, and nothing of the desk's.
2. Whatever says who asks, or by which address, is taken away: anybody can send such headers.
3. Only from a proxy that panel.yaml names, the last address that it added to X-Forwarded-For is believed to be who asks,
   and its header for who is logged in.
4. Scheme, host and prefix are those of panel.yaml. The path is understood whether the proxy takes the prefix off or not.

This is the one place where such a header is read. waitress has its own way, after which nobody knows any more whether a
proxy asked, and which lets X-Forwarded-Prefix through; it is turned off (`serving.py`).
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug import Response

from monitor.desk.safety.headers import protect
from monitor.desk.safety.hosts import is_ours
from monitor.desk.safety.standing import Standing, plain_address

USER, PROXIED, ORIGINS = "desk.user", "desk.proxied", "desk.origins"
STRANGE = "The desk does not go by this name. Open it by the address that it printed when it was started.\n"
LONGEST_NAME = 100
FORWARDED = ("HTTP_X_FORWARDED_", "HTTP_FORWARDED")


class Front:
    def __init__(self, application: WSGIApplication, stands: Standing) -> None:
        self._application, self._stands = application, stands
        self._user_key = "HTTP_" + stands.user_header.upper().replace("-", "_") if stands.user_header else ""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not is_ours(environ.get("HTTP_HOST"), self._stands):
            return protect(Response(STRANGE, 400, mimetype="text/plain"))(environ, start_response)
        self._who_asks(environ)
        self._where(environ)
        return self._application(environ, start_response)

    def _who_asks(self, environ: WSGIEnvironment) -> None:
        peer = plain_address(environ.get("REMOTE_ADDR", ""))
        proxied = peer in self._stands.proxies
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "") if proxied else ""
        user = environ.pop(self._user_key, "") if self._user_key else ""
        for key in [key for key in environ if key.startswith(FORWARDED)]:
            del environ[key]
        environ["REMOTE_ADDR"] = client_of(forwarded, self._stands.proxies) or peer
        environ[PROXIED] = proxied
        environ[USER] = name_in(user) if proxied else ""

    def _where(self, environ: WSGIEnvironment) -> None:
        asked = f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}".lower()
        environ[ORIGINS] = frozenset({asked, self._stands.public} - {""})
        if self._stands.public:
            environ["wsgi.url_scheme"], environ["HTTP_HOST"] = self._stands.scheme, self._stands.host
        if prefix := self._stands.prefix:
            path = environ.get("PATH_INFO", "")
            if path == prefix or path.startswith(f"{prefix}/"):
                environ["PATH_INFO"] = path.removeprefix(prefix)
            environ["SCRIPT_NAME"] = prefix


def client_of(forwarded: str, proxies: frozenset[str]) -> str:
    """The last address that a proxy added and that is none of the proxies; "" where there is none."""
    for each in reversed(forwarded.split(",")):
        written = each.strip()
        if written.startswith("["):  # [2001:db8::1]:4711
            written = written[1:].partition("]")[0]
        elif written.count(":") == 1:  # 192.0.2.1:4711
            written = written.partition(":")[0]
        if (address := plain_address(written)) not in proxies:
            return address
    return ""


def name_in(header: str) -> str:
    """Who is logged in, as a proxy says; "" where it says nobody, or says it so that two names might be meant: where a
    header came twice, one of them from outside, the server hands both on with a comma between."""
    try:
        name = header.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        name = header.strip()
    fits = name.isprintable() and "," not in name and len(name) <= LONGEST_NAME
    return name if fits else ""
