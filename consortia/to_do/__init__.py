"""What has to be done in a consortium, by whom and until when: `tasks`, and `reminding` the day before."""
