package org.curvature4j.internal.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.curvature4j.io.DataFileException;

/**
 * A file that grows under {@code <name>.partial} beside its target and outlives the program that writes it, so that
 * another run can go on with it. Its target is claimed while it is open.
 */
public final class PartialFile extends Unfinished {
    private static final String ENDING = ".partial";

    private PartialFile(Claim claim, Path target, Path temporary, FileChannel channel) {
        super(claim, target, temporary, channel);
    }

    /** Where the content of a target grows. */
    public static Path of(Path target) {
        Path resolved = Target.resolve(target);
        return resolved.resolveSibling(resolved.getFileName() + ENDING);
    }

    /** Begins with nothing, in place of what an earlier run may have left. */
    public static PartialFile begin(Path target) {
        return open(
                target,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    /**
     * Opens what an earlier run left.
     *
     * @throws DataFileException if there is nothing, or another run is writing it
     */
    public static PartialFile reopen(Path target) {
        return open(target, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static PartialFile open(Path target, OpenOption... options) {
        Claim claim = Claim.ofContent(target);
        Path temporary = of(target);
        try {
            return new PartialFile(claim, Target.resolve(target), temporary, FileChannel.open(temporary, options));
        } catch (IOException e) {
            claim.close();
            throw new DataFileException(temporary, "can't be opened", e);
        }
    }

    /** Removes what was written. */
    public void discard() {
        try (claim) {
            channel().close();
            Files.deleteIfExists(temporary());
        } catch (IOException e) {
            throw new DataFileException(temporary(), "can't be deleted", e);
        }
    }

    /** Leaves what was written for another run. */
    @Override
    public void close() {
        try (claim) {
            channel().close();
        } catch (IOException e) {
            throw new DataFileException(temporary(), "can't be closed", e);
        }
    }
}
