package org.curvature4j.internal.cli.report;

/** The command line asks for something that can't be meant: exit code 2. The message is for people. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
