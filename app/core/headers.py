"""What every answer says to the browser about itself, and what may be kept of it.

The values follow the OWASP Secure Headers project and the Mozilla Observatory's table.
"""

from datetime import timedelta

from flask import Flask, Response, current_app, g, request, session

from app.core.privacy import is_public_page, is_sessionless_page

HSTS = timedelta(days=180)  # long enough to count, short enough to leave a domain again

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)

NOTHING_ALLOWED = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection",
        "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
        "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": NOTHING_ALLOWED,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
}


def init_app(app: Flask) -> None:
    app.after_request(_say_what_is_allowed)


def _say_what_is_allowed(answer: Response) -> Response:
    for name, value in ALWAYS.items():
        answer.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        hsts = f"max-age={round(HSTS.total_seconds())}"
        answer.headers.setdefault("Strict-Transport-Security", hsts)
    if not (is_public_page() and request.endpoint):
        answer.headers.setdefault("X-Robots-Tag", "noindex")
    if not is_sessionless_page():
        answer.headers["Vary"] = "Cookie"
        if _looked_who_it_is():
            answer.headers["Cache-Control"] = "no-store"
    if answer.status_code >= 400:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _looked_who_it_is() -> bool:
    return session.accessed or "_login_user" in g
