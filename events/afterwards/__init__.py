"""Once an event is over: who came hears thanks and has a certificate, and everybody finds the materials.

`chain.steps` is what the page behind the link of a seat shows; `thanking.thank_everywhere` sends the mails.
"""
