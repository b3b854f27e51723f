"""What a reverse mentoring programme is: states, rules, scores. Knows neither Django nor XBlock."""
