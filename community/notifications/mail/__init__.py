"""E-mail: rows first (`queue`), then the gate's answer (`facts`), the words (`message`), and the mail server (`sending`)."""
