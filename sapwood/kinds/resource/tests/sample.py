"""A resource as its form sends it, for the kind contract."""

SAMPLE = {
    "title": "Calm networks",
    "summary": "Why changing pressure breaks pipes.",
    "body": "<p>Most bursts come from pressure that keeps <strong>changing</strong>.</p>",
    "minutes": "9",
}
