"""What the five blocks share: base class, the person who asks, how a handler answers, events, Studio."""
