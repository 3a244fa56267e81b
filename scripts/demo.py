"""The walk of `make demo`: talks to a running gateway over HTTP and shows what comes back. Only the standard library."""

import base64
import hashlib
import hmac
import http.server
import json
import os
import queue
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

URL, KEY, GATEWAY = sys.argv[1], sys.argv[2], sys.argv[3]
COLOUR = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
WAIT = 45


def paint(code, text):
    return f"\033[{code}m{text}\033[0m" if COLOUR else text


def step(text):
    print(f"\n{paint('1;36', '▶ ' + text)}", flush=True)


def tell(text):
    print(f"  {text}", flush=True)


def good(text):
    tell(paint("32", "✔ " + text))


def stop(text):
    print(paint("31", "✘ " + text), file=sys.stderr)
    sys.exit(1)


def call(method, path, body=None):
    """The status and the JSON of the answer; None where there is no body."""
    request = urllib.request.Request(
        URL + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as refused:
        text = refused.read()
        try:
            return refused.code, json.loads(text) if text else None
        except ValueError:
            return refused.code, None
    except OSError as gone:
        stop(f"The gateway on {URL} does not answer: {gone}")


def until(what, look):
    """Looks again until there is something to see."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    stop(f"Waited {WAIT} seconds for {what}, and it did not come.")


def send(to, text):
    tell(paint("2", f"POST /v1/messages  {json.dumps({'to': to, 'text': text})}"))
    status, answer = call("POST", "/v1/messages", {"to": to, "text": text})
    if status != 202:
        stop(f"The gateway answered {status}: {(answer or {}).get('detail')}")
    good(f"202 accepted, {answer['segments']} segment, {answer['encoding']}, id {answer['id']}")
    return answer["id"]


def follow(message, final=("delivered", "undelivered", "failed")):
    """Prints each status as it is first seen."""
    seen = []

    def look():
        status = call("GET", f"/v1/messages/{message}")[1]["status"]
        if status not in seen:
            seen.append(status)
            tell(f"{'→' if len(seen) > 1 else ' '} {paint('33', status)}")
        return status in final

    until("the end of the message", look)


def table(facts):
    tell(paint("1", f"{'':>3} {'fact':<26} {'happened':<14} {'by':<44}"))
    for fact in facts:
        at = (fact.get("at") or fact["recordedAt"])[11:23]
        tell(f"{fact['version']:>3} {fact['type']:<26} {at:<14} {paint('2', fact.get('actor') or '')}")


class Receiver(http.server.BaseHTTPRequestHandler):
    inbox = queue.Queue()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.inbox.put((dict((name.lower(), value) for name, value in self.headers.items()), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def signature_holds(secret, headers, body):
    """Standard Webhooks: HMAC-SHA-256 over id, timestamp and body."""
    content = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    key = base64.b64decode(secret.removeprefix("whsec_"))
    ours = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    given = [part.split(",", 1)[1] for part in headers["webhook-signature"].split() if part.startswith("v1,")]
    return any(hmac.compare_digest(ours, theirs) for theirs in given)


def webhook():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/hook"
    status, answer = call("POST", "/v1/webhooks", {"url": address, "events": ["*"]})
    if status in (404, 405):
        tell("This gateway has no /v1/webhooks yet, so this part is left out.")
        return
    if status != 201:
        tell(f"The gateway refused {address} ({status}: {(answer or {}).get('detail')}).")
        if GATEWAY == "lent":
            tell("To see this part, start it with: Webhooks__AllowPrivateAddresses=true make run")
        return
    good(f"subscribed {address} to every event; the secret is shown this once")
    send("+447700900125", "This one is watched by a webhook.")
    deadline = time.monotonic() + WAIT
    types = []
    while time.monotonic() < deadline and not any("delivered" in kind for kind in types):
        try:
            headers, body = Receiver.inbox.get(timeout=1)
        except queue.Empty:
            continue
        if not signature_holds(answer["secret"], headers, body):
            stop(f"The signature of {headers.get('webhook-id')} does not hold.")
        types.append(json.loads(body).get("type", "?"))
        good(f"{types[-1]:<24} {paint('2', headers['webhook-id'])}  signature holds")
    if not types:
        stop(f"No webhook arrived within {WAIT} seconds.")
    call("DELETE", f"/v1/webhooks/{answer['id']}")


def main():
    step("1  Send a text and watch its status")
    first = send("+447700900124", "Your table for two is booked for eight.")
    follow(first)

    step("2  Its history: every step is a fact")
    table(call("GET", f"/v1/messages/{first}/events")[1])

    step("3  A text to a number that answers")
    asked = send("+447700900009", "Shall we meet at eight?")
    follow(asked)
    tell("waiting for the reply, 3 to 20 seconds …")
    until("the reply", lambda: "replied" in call("GET", f"/v1/messages/{asked}")[1]["markers"])
    good("replied")

    step("4  The conversation")
    talks = until(
        "the conversation",
        lambda: call("GET", "/v1/conversations?number=" + urllib.parse.quote("+447700900009"))[1]["items"],
    )
    tell(f"{talks[0]['line']} ⇄ {talks[0]['remote']}, {talks[0]['unread']} unread")
    entries = call("GET", f"/v1/conversations/{talks[0]['id']}/entries?limit=6")[1]["items"]
    for entry in reversed(entries):
        arrow = "→" if entry["direction"] == "outbound" else "←"
        tell(f"{arrow} {entry['text']:<40} {paint('33', entry['status'])} {' '.join(entry['markers'])}")

    step("5  A signed webhook")
    webhook()

    step("6  STOP, and what it means for the next text")
    status, _ = call("POST", "/v1/messages", {"to": "+447700900008", "text": "Our offer of the week."})
    if status == 202:
        tell("sent to a number that answers STOP after 5 seconds; waiting …")
    elif status != 422:
        stop(f"The gateway answered {status}.")

    def stopped():
        path = "/v1/messages?direction=inbound&limit=1&number=" + urllib.parse.quote("+447700900008")
        return [text for text in call("GET", path)[1]["items"] if text["text"] == "STOP"]

    until("the STOP", stopped)
    good("STOP received")
    status, answer = call("POST", "/v1/messages", {"to": "+447700900008", "text": "Another offer."})
    if status != 422 or answer.get("code") != "recipient-has-opted-out":
        stop(f"Expected 422 recipient-has-opted-out, and got {status}: {answer}")
    good(f"422 {answer['code']}")
    tell(answer["detail"])

    step("7  The audit of a number")
    facts = until(
        "the audit",
        lambda: call("GET", "/v1/audit?limit=500&number=" + urllib.parse.quote("+447700900008"))[1]["items"],
    )
    tell(paint("1", f"{'position':>8}  {'fact':<26} {'recorded':<14} {'by':<44}"))
    for fact in facts[-14:]:
        tell(f"{fact['position']:>8}  {fact['type']:<26} {fact['recordedAt'][11:23]:<14} {paint('2', fact.get('actor') or '')}")

    print(f"\n{paint('1;32', 'That was the whole road.')}  The reference is on {URL}/reference while a gateway runs.")


try:
    main()
except KeyboardInterrupt:
    sys.exit(130)
