"""Stories, decisions and a window become an edition. All pure."""
