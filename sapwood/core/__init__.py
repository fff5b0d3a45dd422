"""The ground floor: pages, styles, ids, jobs, policies and the words everyone shares."""
