"""How waiting mail leaves: `sending.drain` composes it, hands it over and judges what the server answers."""
