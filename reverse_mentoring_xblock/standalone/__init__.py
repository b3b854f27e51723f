"""A small site around the blocks: the demo, the bench on which they are tested, and later the LTI tool."""
