"""Groups. Who belongs to one and who facilitates it are grants, in accounts."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.classes import MEMBERS
from app.extensions import IDS_NEVER_COME_BACK, Base


class Group(Base):
    """A circle of members."""

    __tablename__ = "groups"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=MEMBERS)
    slug: Mapped[str] = mapped_column(String(40), unique=True, info=MEMBERS)
    name: Mapped[str] = mapped_column(String(60), info=MEMBERS)
