"""What runs when. Each job is a command of the monitor, so whatever a timer does can be typed as well."""
