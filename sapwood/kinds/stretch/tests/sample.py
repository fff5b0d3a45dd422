"""A stretch assignment as its form sends it, for the kind contract."""

SAMPLE = {
    "title": "Shadow the control room",
    "summary": "One shift, with someone beside you.",
    "why": "Nights lose an hour at each handover.",
    "beyond": "You read the alarms yourself.",
    "support": "Kwame sits beside you.",
    "boundary": "You touch no valve.",
    "places": "2",
    "starts_on": "2026-12-01",
    "ends_on": "2026-12-20",
}
