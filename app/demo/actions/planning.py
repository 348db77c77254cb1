"""Think up conversations: who says what, and when. Nothing is written; the dice decide."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from app.boards.models import Policy, Wish
from app.care.models import ContentNote
from app.core import text
from app.core.text import RenderedText
from app.demo import limits
from app.demo.limits import LongThread, Scale
from app.demo.queries.place import Author, Counted, Crowd, Place
from app.demo.queries.wording import Body, Wording
from app.moderation.models import State

CHATTY = 50  # posts, after which nobody has more to say than others

WISHES = (Wish.LISTEN, Wish.SIMILAR, Wish.ADVICE)


@dataclass(slots=True, eq=False)
class Said:
    """A post to be."""

    author: Author
    at: datetime
    body: Body
    state: State = State.VISIBLE
    number: int | None = None
    edit: tuple[Body, datetime] | None = None
    withdrawn_at: datetime | None = None
    quotes: "Said | None" = None
    notes: tuple[ContentNote, ...] = ()
    tells_outcome: bool = False
    supports: list[tuple[Author, bool, datetime]] = field(default_factory=list)  # with you?, when
    id: int = 0
    subject_id: int = 0

    @property
    def is_in_sight(self) -> bool:
        return self.state == State.VISIBLE and self.withdrawn_at is None

    @property
    def words(self) -> Body:
        return self.edit[0] if self.edit else self.body


@dataclass(slots=True, eq=False)
class Talk:
    """A thread to be."""

    board: Place
    title: RenderedText
    posts: list[Said] = field(default_factory=list)
    state: State = State.VISIBLE
    wish: Wish = Wish.NONE
    notes: tuple[ContentNote, ...] = ()
    tag_ids: tuple[int, ...] = ()
    locked_at: datetime | None = None
    archived_at: datetime | None = None
    pinned_at: datetime | None = None
    may_be_asked_at: datetime | None = None
    id: int = 0
    subject_id: int = 0

    @property
    def last_number(self) -> int:
        return sum(post.number is not None for post in self.posts)

    @property
    def last_post_at(self) -> datetime:
        return max((post.at for post in self.posts if post.number), default=self.posts[0].at)


@dataclass(slots=True)
class Scene:
    """What conversations are thought up from."""

    dice: Random
    now: datetime
    places: tuple[Place, ...]
    writers: dict[int, Crowd]  # by id of board
    starters: dict[int, Crowd]
    newcomers: Crowd
    wordings: dict[bool, Wording]
    tag_ids: tuple[int, ...]
    pins: Counter[int] = field(default_factory=Counter)  # by id of board

    def within(self, at: datetime, longest: timedelta) -> datetime:
        """Return a moment soon after another, and not yet to come."""
        return min(at + longest * self.dice.random(), self.now)

    def may_pin(self, board: Place) -> bool:
        return self.pins[board.id] < limits.PINS_A_BOARD


def talks(scene: Scene, scale: Scale, counted: Counted) -> Iterator[Talk]:
    """Think up what a place lacks of a scale, in the order in which the threads were started."""
    dice, number = scene.dice, scale.threads - counted.threads
    # A good while ago, when there was somebody to take part.
    long = dict(enumerate(scale.long_threads, start=number // 4))
    posts = scale.posts - counted.posts - sum(each.posts for each in scale.long_threads)
    sizes = _sizes(dice, number - len(long), posts)
    ages = sorted((dice.random() ** 1.5 for _ in range(number)), reverse=True)
    for place, age in enumerate(ages):
        start = scene.now - limits.LONGEST_PAST * age - timedelta(minutes=10)
        endless = long.get(place)
        size = endless.posts if endless else sizes.pop()
        yield _talk(scene, start, size, endless)


def _sizes(dice: Random, threads: int, posts: int) -> list[int]:
    """Share the posts out among the threads, at least one each, log-normally."""
    weights = [dice.lognormvariate(0, limits.SPREAD) for _ in range(threads)]
    share = (posts - threads) / sum(weights)
    sizes = [1 + int(weight * share) for weight in weights]
    for place in range(posts - sum(sizes)):
        sizes[place % threads] += 1
    return sizes


def _talk(scene: Scene, start: datetime, size: int, endless: LongThread | None) -> Talk:
    board = _board(scene, start, endless)
    wording = scene.wordings[board.is_public]
    talk = Talk(board, text.render_title(endless.title) if endless else wording.title())
    _describe(scene, talk)
    for at in _moments(scene, start, size):
        talk.posts.append(_said(scene, talk, at))
    if endless:
        talk.posts[0].withdrawn_at = None  # it is known by its title
    _tell_outcome(scene, talk)
    _tend(scene, talk)
    for number, post in enumerate((p for p in talk.posts if p.state != State.HELD), start=1):
        post.number = number
    return talk


def _board(scene: Scene, start: datetime, endless: LongThread | None) -> Place:
    if endless:
        return next(board for board in scene.places if board.slug == endless.board)
    shares = [limits.BUSYNESS.get(board.slug, 1.0) for board in scene.places]
    (board,) = scene.dice.choices(scene.places, shares)
    if scene.starters[board.id].someone(start, scene.dice) is None:
        return _board(scene, start, endless)
    return board


def _describe(scene: Scene, talk: Talk) -> None:
    """Say what it is about and what would help, but where anybody may read."""
    dice, board = scene.dice, talk.board
    if board.is_public or board.is_started_by_staff_only:
        return
    if dice.random() < limits.WISHING:
        talk.wish = dice.choice(WISHES)
    if dice.random() < limits.NOTED_THREADS:
        talk.notes = tuple(dice.sample(list(ContentNote), k=1 + int(dice.random() < 0.2)))
    if dice.random() < limits.TAGGED and scene.tag_ids:
        most = min(3, len(scene.tag_ids))
        talk.tag_ids = tuple(sorted(dice.sample(scene.tag_ids, k=dice.randint(1, most))))


def _moments(scene: Scene, start: datetime, size: int) -> Iterator[datetime]:
    """Give when each post is written: soon in short threads, until today in an endless one."""
    gaps = [scene.dice.expovariate(1 / 6) for _ in range(size - 1)]  # hours
    room = (scene.now - start) / timedelta(hours=1) * 0.98
    total = sum(gaps)
    pace = min(1.0, room / total) if total else 1.0
    at = start
    yield at
    for gap in gaps:
        at += timedelta(hours=gap * pace, microseconds=1)
        yield at


def _said(scene: Scene, talk: Talk, at: datetime) -> Said:
    dice = scene.dice
    author, state = _author(scene, talk, at)
    said = Said(author, at, scene.wordings[talk.board.is_public].body(), state)
    if dice.random() < limits.EDITED:
        body = scene.wordings[talk.board.is_public].body()
        said.edit = body, scene.within(at, timedelta(hours=1))
    if state != State.HELD and dice.random() < limits.WITHDRAWN:
        last_words_at = said.edit[1] if said.edit else at
        said.withdrawn_at = scene.within(last_words_at, timedelta(days=2))
    if not talk.posts:
        said.notes = talk.notes
    elif state != State.HELD:
        _let_be_answered(scene, talk, said)
    return said


def _let_be_answered(scene: Scene, talk: Talk, said: Said) -> None:
    """Let an answer have its notes, its quotation, and what others make of it."""
    dice = scene.dice
    if dice.random() < limits.HIDDEN:
        said.state = State.HIDDEN
    if dice.random() < limits.NOTED_POSTS and not talk.board.is_public:
        said.notes = (dice.choice(list(ContentNote)),)
    if dice.random() < limits.QUOTING:
        quoted = dice.choice(talk.posts[-20:])
        said.quotes = quoted if quoted.is_in_sight else None
    if dice.random() < limits.SUPPORTED and talk.board.allows_support and said.is_in_sight:
        _support(scene, talk, said)


def _author(scene: Scene, talk: Talk, at: datetime) -> tuple[Author, State]:
    """Say who writes, and whether it waits: newcomers do, where boards want it so."""
    dice, board = scene.dice, talk.board
    lately = at > scene.now - limits.HELD_WITHIN and board.policy == Policy.NEWCOMERS_WAIT
    if talk.posts and lately and dice.random() < limits.HELD:
        newcomer = scene.newcomers.someone(at, dice)
        if newcomer:
            return newcomer, State.HELD
    crowd = scene.writers[board.id] if talk.posts else scene.starters[board.id]
    roll = dice.random()
    if talk.posts and roll < 0.55:
        asks = roll < 0.2 and len(talk.posts) < CHATTY
        author = talk.posts[0].author if asks else dice.choice(talk.posts).author
        if not author.is_newcomer:
            return author, State.VISIBLE
    somebody = crowd.someone(at, dice) or (talk.posts and talk.posts[0].author)
    if not somebody:
        raise ValueError(f"nobody was there to write on {board.slug}")
    return somebody, State.VISIBLE


def _support(scene: Scene, talk: Talk, said: Said) -> None:
    dice, given = scene.dice, {said.author.member_id}
    for _ in range(1 + int(3 * dice.random() ** 2)):
        at = scene.within(said.at, timedelta(days=2))
        giver = scene.writers[talk.board.id].someone(at, dice)
        if giver and giver.member_id not in given:
            given.add(giver.member_id)
            said.supports.append((giver, dice.random() < 0.6, at))


def _tell_outcome(scene: Scene, talk: Talk) -> None:
    """Let some authors tell, months later, how it turned out; and some be asked to."""
    dice, opening = scene.dice, talk.posts[0]
    asked_at = opening.at + limits.ASKED_AFTER
    if talk.posts[-1].at < asked_at < scene.now and dice.random() < limits.TURNED_OUT:
        at = scene.within(asked_at, timedelta(days=20))
        last = talk.posts[-1]
        if len(talk.posts) > 1 and last.is_in_sight and not last.supports:
            last.author, last.at, last.edit, last.tells_outcome = opening.author, at, None, True
    elif dice.random() < limits.TO_BE_ASKED:
        talk.may_be_asked_at = asked_at


def _tend(scene: Scene, talk: Talk) -> None:
    """Do what moderators do now and then."""
    dice, last, opening = scene.dice, talk.posts[-1].at, talk.posts[0]
    later = scene.within(last, timedelta(days=3))
    if dice.random() < limits.HIDDEN_THREADS and len(talk.posts) < 100:
        talk.state = State.HIDDEN
    elif dice.random() < limits.LOCKED and len(talk.posts) < 500:
        talk.locked_at = later
    elif last < scene.now - limits.ARCHIVED_AFTER and dice.random() < limits.ARCHIVED:
        talk.archived_at = scene.within(last + timedelta(days=365), timedelta(days=30))
    elif opening.is_in_sight and scene.may_pin(talk.board) and dice.random() < limits.PINNED:
        scene.pins[talk.board.id] += 1
        talk.pinned_at = later
