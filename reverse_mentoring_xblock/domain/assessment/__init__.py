"""The digital skills self-assessment: what to ask, what answers say, what to work on."""
