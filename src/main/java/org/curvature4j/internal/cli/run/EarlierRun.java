package org.curvature4j.internal.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Checksum;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.io.Journal;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.NpyReader;
import org.curvature4j.io.NpyWriter;
import org.jspecify.annotations.Nullable;

/**
 * A run that didn't come to its end.
 *
 * @param result the file that its journal is beside
 */
record EarlierRun(Path result, Journal journal) {
    /** The one that left a journal, if there is one. */
    static Optional<EarlierRun> find(Path result) {
        return Journal.read(result).map(journal -> new EarlierRun(result, journal));
    }

    /** How far it came, in words. */
    static String progress(long complete, long total) {
        return Numbers.grouped(complete) + " of " + Words.count(total, "result");
    }

    /**
     * Checks that it is to be gone on with.
     *
     * @param run what decides the bytes of the result now
     * @throws IllegalArgumentException if not, or if it is another run
     */
    void check(Map<String, String> run, boolean resume) {
        String anew = "to begin anew, delete " + Journal.of(result);
        List<String> differences = journal.differences(run);
        if (!resume) {
            throw new IllegalArgumentException(result + ": expected no unfinished run, got one with "
                    + progress(journal.complete(), journal.total()) + " complete ("
                    + (differences.isEmpty() ? "--resume goes on with it" : "another one than this") + "; " + anew
                    + ")");
        }
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("--resume: expected the run that " + Journal.of(result)
                    + " tells of, got another one (" + anew + ")\n  " + String.join("\n  ", differences));
        }
    }

    /**
     * Opens one of its arrays, and reads what is complete of it.
     *
     * @param sum takes the checksum of that
     * @return null where the run was interrupted at its very end, when the array had its name already
     * @throws DataFileException if it isn't as it was left
     */
    @Nullable
    NpyWriter reopen(ArrayFile array, Checksum sum) {
        long rows = journal.complete() * array.rowsEach();
        boolean named = journal.complete() == journal.total()
                && !Files.exists(NpyWriter.partial(array.file()))
                && Files.exists(array.file());
        if (!named) {
            NpyWriter writer = NpyWriter.resume(array.file(), rows, array.type(), array.shape());
            try {
                writer.addTo(sum, 0, rows);
                checkSum(array, NpyWriter.partial(array.file()), sum);
                return writer;
            } catch (RuntimeException e) {
                writer.close();
                throw e;
            }
        }
        try (NpyReader reader = NpyReader.open(array.file())) {
            if (Arrays.equals(reader.shape(), array.shape()) && reader.type() == array.type()) {
                reader.addTo(sum);
                checkSum(array, array.file(), sum);
                return null;
            }
        }
        throw new DataFileException(
                array.file(), "expected the result of the run that its journal tells of, got another");
    }

    private void checkSum(ArrayFile array, Path file, Checksum sum) {
        @Nullable Long recorded = journal.rows().get(array.name());
        if (recorded == null || recorded != sum.getValue()) {
            throw new DataFileException(
                    file,
                    "expected the rows that were recorded, got changed or damaged ones (to begin anew, delete "
                            + Journal.of(result) + ")");
        }
    }
}
