package org.curvature4j.cli;

/** The command line asks for something that can't be meant: exit code 2. The message is for people. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
