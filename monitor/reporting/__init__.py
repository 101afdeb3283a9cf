"""From stories to the officer's desk: the edition, and the forms it takes."""
