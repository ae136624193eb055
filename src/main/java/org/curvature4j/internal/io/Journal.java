package org.curvature4j.internal.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.curvature4j.io.DataFileException;

/**
 * How far a long computation has come, kept in {@code <name>.journal} beside its result: what the run is about, how many
 * rows are complete, and what was summed up over them. One file, replaced as a whole by an atomic rename after it was
 * forced to the disk, so that it is never half-written; write it after the rows that it speaks of were forced.
 *
 * @param format of the journal itself
 * @param run what decides the bytes of the result, by name, in the order to show it
 * @param total rows of the whole result
 * @param complete rows that are on the disk, the first ones
 * @param rows checksums of the complete rows of each file, by its name
 * @param states numbers that whoever sums up goes on from, by name
 * @param checksum of all that stands before it
 */
public record Journal(
        int format,
        Map<String, String> run,
        long total,
        long complete,
        Map<String, Long> rows,
        Map<String, long[]> states,
        String checksum) {
    /** The format that this version writes, and the only one it reads. */
    private static final int FORMAT = 2;

    private static final String ENDING = ".journal";

    /** Copies the maps, in their order. */
    public Journal {
        run = new LinkedHashMap<>(run);
        rows = new LinkedHashMap<>(rows);
        states = new LinkedHashMap<>(states);
    }

    /** A journal of this version. */
    public Journal(
            Map<String, String> run, long total, long complete, Map<String, Long> rows, Map<String, long[]> states) {
        this(FORMAT, run, total, complete, rows, states, checksum(FORMAT, run, total, complete, rows, states));
    }

    private static String checksum(
            int format,
            Map<String, String> run,
            long total,
            long complete,
            Map<String, Long> rows,
            Map<String, long[]> states) {
        String content = Json.text(List.of(format, run, total, complete, rows, states));
        return Fingerprint.ofText(content);
    }

    /** Where the journal of a result is. */
    public static Path of(Path result) {
        return result.resolveSibling(result.getFileName() + ENDING);
    }

    /**
     * Reads the journal of a result, if there is one.
     *
     * @throws DataFileException if there is something else under its name, or anything in it was changed
     */
    public static Optional<Journal> read(Path result) {
        Path file = of(result);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Journal journal = parse(file);
        if (journal.format != FORMAT || journal.complete < 0 || journal.complete > journal.total) {
            throw new DataFileException(
                    file,
                    "expected a journal of format " + FORMAT + ", got format " + journal.format + " with "
                            + journal.complete + " of " + journal.total + " rows (delete it to begin anew)");
        }
        String found =
                checksum(journal.format, journal.run, journal.total, journal.complete, journal.rows, journal.states);
        if (!found.equals(journal.checksum)) {
            throw new DataFileException(
                    file,
                    "expected the journal as it was written, got a changed or damaged one (delete it to begin anew)");
        }
        return Optional.of(journal);
    }

    private static Journal parse(Path file) {
        try {
            return Json.read(file, Journal.class);
        } catch (DataFileException e) {
            throw new DataFileException(
                    file, "expected the journal of an unfinished run, got something else (delete it to begin anew)");
        }
    }

    /** Puts this journal beside a result, in place of the one before. */
    public void write(Path result) {
        AtomicFile.replace(of(result), Json.text(this) + "\n");
    }

    /** Removes the journal of a result, if there is one, and what a program that died while writing it left. */
    public static void delete(Path result) {
        Path file = of(result);
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(AtomicFile.replacement(file));
        } catch (IOException e) {
            throw new DataFileException(file, "can't be deleted", e);
        }
    }

    /** What differs between this run and another one, a line each: {@code seed: 7 there, 8 here}. */
    public List<String> differences(Map<String, String> other) {
        return differences(run, other);
    }

    /** The same of any two runs, the one there and the one here. */
    public static List<String> differences(Map<String, String> run, Map<String, String> other) {
        Set<String> names = new LinkedHashSet<>(run.keySet());
        names.addAll(other.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String there = run.getOrDefault(name, "none");
            String here = other.getOrDefault(name, "none");
            if (!there.equals(here)) {
                differences.add(name + ": " + there + " there, " + here + " here");
            }
        }
        return differences;
    }
}
