"""What happens at an event and with whom: its speakers, the items of its programme, what it is linked with."""
