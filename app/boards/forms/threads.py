"""Starting a thread."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app.boards.forms.body import BodyForm
from app.boards.limits import TITLE_LONGEST, TITLE_SHORTEST


class ThreadForm(BodyForm):
    """A new thread: what it is called, and its first post."""

    title = StringField(
        _l("Title"),
        [
            DataRequired(_l("Give it a title, so that others can find it.")),
            Length(
                TITLE_SHORTEST,
                TITLE_LONGEST,
                _l("A title has %(min)d to %(max)d characters."),
            ),
        ],
    )


class PreviewForm(BodyForm):
    """What saving would show, before anything is saved."""

    title = StringField(_l("Title"), [Length(max=TITLE_LONGEST)])
