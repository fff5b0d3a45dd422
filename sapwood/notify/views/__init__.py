"""The inbox's pages: reading, snoozing, stopping, pausing, choosing."""
