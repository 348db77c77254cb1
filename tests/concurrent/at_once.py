"""Let several people do something at the same moment, each with a database session of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from app.accounts.actions import start_session
from app.core.database import writing
from app.extensions import db

PATIENCE = 60  # seconds until a test that hangs is called one


def all_at_once(app, *acts):
    """Start the acts together; return what each one gave back, or the refusal it met."""
    start = Barrier(len(acts))

    def carry_out(act):
        with app.app_context():
            start.wait(PATIENCE)
            try:
                return act()
            except Exception as refused:  # noqa: BLE001 - whatever it was, the test looks at it
                return refused

    db.session.remove()  # a session left open here would hold what the others wait for
    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(PATIENCE) for each in [pool.submit(carry_out, act) for act in acts]]


def browsers_of(app, actor, count=1):
    """Return browsers that share one sign-in, as the tabs of one browser do."""
    with writing():
        secret = start_session(actor.id)
    browsers = [app.test_client() for _ in range(count)]
    for browser in browsers:
        browser.set_cookie(app.config["SIGN_IN_COOKIE"], secret)
    return browsers


def share_form_cookie(app, from_browser, to_browser):
    """Give another tab the cookie that the form's token is checked against."""
    name = app.config["SESSION_COOKIE_NAME"]
    to_browser.set_cookie(name, from_browser.get_cookie(name).value)
