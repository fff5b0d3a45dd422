"""The pages of activities, one subject a file."""
