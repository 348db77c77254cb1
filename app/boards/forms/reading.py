"""How closely a member watches a thread."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from app.boards.models import Level
from app.core.forms import Form


class FollowForm(Form):
    level = RadioField(
        _l("How closely do you want to follow this thread?"),
        [InputRequired(_l("Choose one of these."))],
        choices=[
            SelectChoice(Level.FOLLOW, _l("Follow: you are told of new posts")),
            SelectChoice(
                Level.QUIET, _l("Follow quietly: it stands in your lists, and nothing is sent")
            ),
            SelectChoice(Level.OFF, _l("Leave it: not even when you write in it again")),
        ],
    )
