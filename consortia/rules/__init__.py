"""What a call asks of a consortium: `CallRules`, set by staff; `checklist.checklist` says what still fails."""
