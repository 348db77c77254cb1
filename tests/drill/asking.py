"""Ask a server as a browser would, and know the difference between an answer and none."""

from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 30  # seconds; longer than the server itself is patient with its database


class NoAnswer(Exception):
    """The connection ended without an answer: what was asked was done, or it was not."""


class NobodyThere(NoAnswer):
    """There was no connection at all: what was asked was not done."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str | None
    text: str


@dataclass(slots=True)
class Browser:
    """What one member's browser keeps between two questions."""

    port: int
    public_host: str
    member_id: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path):
        return self._ask("GET", path)

    def send(self, path, fields):
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method, path, body=None):
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            try:
                connection.connect()
            except OSError as error:
                raise NobodyThere from error
            try:
                connection.request(method, path.partition("#")[0], body, self._headers())
                answer = connection.getresponse()
                text = answer.read().decode()
            except (OSError, HTTPException) as error:
                raise NoAnswer from error
        finally:
            connection.close()
        for name, cookie in SimpleCookie(
            "\r\n".join(answer.headers.get_all("Set-Cookie", []))
        ).items():
            self.cookies[name] = cookie.value
        return Answer(answer.status, answer.headers.get("Location"), text)

    def _headers(self):
        return {
            "Host": self.public_host,
            "Connection": "close",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
