package org.curvature4j.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.curvature4j.internal.io.Printable;

/** A file that can't be read or written, or doesn't hold what it should. The message is meant for people. */
public final class DataFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;

    /**
     * @param file the file at fault
     * @param message what was expected and what was found; the file's name is put in front
     */
    public DataFileException(Path file, String message) {
        super(Printable.text(file + ": " + message));
        this.file = file;
    }

    /**
     * @param file the file at fault
     * @param attempt what was being done, such as "can't be read"
     * @param cause why it failed
     */
    public DataFileException(Path file, String attempt, IOException cause) {
        super(Printable.text(file + ": " + attempt + ": " + reason(cause)), cause);
        this.file = file;
    }

    /** The file at fault. */
    public Path file() {
        return file;
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof ClosedByInterruptException) {
            return "the thread was interrupted, which closes the file";
        }
        if (cause instanceof ClosedChannelException) {
            return "it was closed before";
        }
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
