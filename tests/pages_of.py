"""Read a page as a browser would: its forms with every hidden input they carry."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.forms.append({"action": given.get("action"), "fields": {}})
        elif tag == "input" and given.get("type") == "hidden" and self.forms:
            self.forms[-1]["fields"][given["name"]] = given.get("value", "")


def forms_of(answer):
    """Return each form of a page: its action and its hidden inputs (name → value)."""
    reader = _Forms()
    reader.feed(answer.text)
    return reader.forms


def hidden_inputs(answer, action):
    """Return the hidden inputs of the form that is sent to this address."""
    return next(form["fields"] for form in forms_of(answer) if form["action"] == action)
