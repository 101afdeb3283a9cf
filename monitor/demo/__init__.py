"""A sample week: small invented outlets' feeds and pages, served from this machine."""
