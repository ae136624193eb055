package org.curvature4j.internal.cli.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32C;
import org.curvature4j.internal.cli.report.Failure;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Terminal;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.io.AtExit;
import org.curvature4j.internal.io.Journal;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.NpyWriter;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a run, which grow beside their names, and the journal of how much of them is complete. Whatever ends the
 * run, what the journal speaks of can be gone on with; before its first record, nothing stays behind.
 */
public final class RunFiles implements AutoCloseable {
    private final List<ArrayFile> arrays;
    private final List<@Nullable NpyWriter> writers = new ArrayList<>();
    private final Map<String, String> run;
    private final long total;
    private final PrintWriter err;
    private @Nullable AtExit farewell;
    /** Of the rows of each array that are complete. */
    private final List<CRC32C> sums = new ArrayList<>();

    private long complete;
    private Map<String, long[]> states = Map.of();
    private boolean stopped;
    private boolean published;
    private boolean ended;

    private RunFiles(List<ArrayFile> arrays, Map<String, String> run, long total, PrintWriter err) {
        this.arrays = arrays;
        this.run = run;
        this.total = total;
        this.err = err;
    }

    /**
     * Begins a run's files, or goes on with those of one that was interrupted.
     *
     * @param run what decides the bytes of the result
     * @param total how many results there will be
     * @param resume whether to go on with what is there
     * @param err takes what is said when the run is interrupted
     * @throws IllegalArgumentException if an unfinished run is there that isn't wanted, or isn't this one
     * @throws DataFileException if the files can't be written, or aren't as they were left
     */
    public static RunFiles open(
            List<ArrayFile> arrays, Map<String, String> run, long total, boolean resume, PrintWriter err) {
        RunFiles files = new RunFiles(arrays, run, total, err);
        try {
            if (!arrays.isEmpty()) {
                files.open(resume);
                files.farewell = AtExit.run(files::interrupted);
            }
            return files;
        } catch (RuntimeException e) {
            files.closeWriters();
            throw e;
        }
    }

    private void open(boolean resume) {
        @Nullable EarlierRun earlier = EarlierRun.find(journaled()).orElse(null);
        if (earlier != null) {
            earlier.check(run, resume);
            complete = earlier.journal().complete();
            states = earlier.journal().states();
        }
        for (ArrayFile array : arrays) {
            CRC32C sum = new CRC32C();
            sums.add(sum);
            writers.add(
                    earlier != null
                            ? earlier.reopen(array, sum)
                            : NpyWriter.begin(array.file(), array.type(), array.shape()));
        }
    }

    private Path journaled() {
        return arrays.get(0).file();
    }

    /** Whether anything is written at all. */
    boolean isEmpty() {
        return arrays.isEmpty();
    }

    /** Adds how many results an earlier run had computed, if it had. */
    public void describe(Report report, long before) {
        if (before > 0) {
            report.line("resumed", "after the first " + Words.count(before, "result") + ", of an earlier run");
        }
    }

    /** How many results are complete. */
    public synchronized long complete() {
        return complete;
    }

    /** What was summed up over the results that are complete, by name. */
    public synchronized Map<String, long[]> states() {
        return states;
    }

    /** Takes the results of one of the arrays; null where none of them is that file. */
    @Nullable
    public RowSink sink(@Nullable Path file) {
        for (int array = 0; array < arrays.size(); array++) {
            if (arrays.get(array).file().equals(file)) {
                return sink(writers.get(array), arrays.get(array).rowsEach());
            }
        }
        return null;
    }

    /** An array that has its name already takes nothing any more, and is given nothing. */
    private static RowSink sink(@Nullable NpyWriter writer, long each) {
        return (first, count, rows) -> {
            if (writer != null) {
                writer.writeRows(first * each, count * each, rows, 0);
            }
        };
    }

    /** Makes results safe: the first {@code done} are on the disk when this returns, and the journal says so. */
    synchronized void record(long done, Map<String, long[]> summed) {
        awaitTheEnd();
        Map<String, Long> rows = new LinkedHashMap<>();
        for (int array = 0; array < arrays.size(); array++) {
            @Nullable NpyWriter writer = writers.get(array);
            long each = arrays.get(array).rowsEach();
            if (writer != null) {
                writer.force();
                writer.addTo(sums.get(array), complete * each, (done - complete) * each);
            }
            rows.put(arrays.get(array).name(), sums.get(array).getValue());
        }
        new Journal(run, total, done, rows, summed).write(journaled());
        complete = done;
        states = summed;
    }

    /** Gives the files their names, all being complete. Several can't get theirs at once, for which there is the journal. */
    public synchronized void publish(Map<String, long[]> summed) {
        if (arrays.size() > 1 || complete > 0) {
            record(total, summed);
        }
        awaitTheEnd();
        for (@Nullable NpyWriter writer : writers) {
            if (writer != null) {
                writer.commit();
            }
        }
        published = true;
    }

    /** Ends a run whose every file has its name. */
    public synchronized void finish() {
        if (published && !arrays.isEmpty()) {
            Journal.delete(journaled());
        }
    }

    /** The program was told to stop, and the user was told how far it came: nothing may happen any more. */
    private void awaitTheEnd() {
        if (stopped) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void interrupted() {
        if (ended) {
            return;
        }
        stopped = true;
        if (Terminal.isWatched()) {
            err.println(); // below the progress bar
        }
        if (complete == 0 && !published) {
            err.println(Failure.PREFIX + "interrupted before anything was recorded; nothing is left behind");
            err.flush();
        }
        leave("interrupted: ");
    }

    private void leave(String why) {
        if (published) {
            return;
        }
        if (complete == 0) {
            writers.forEach(writer -> {
                if (writer != null) {
                    writer.discard();
                }
            });
            return;
        }
        err.println(Failure.PREFIX + why + EarlierRun.progress(complete, total)
                + " are complete and kept; the same command with --resume goes on from there");
        err.flush();
    }

    private void closeWriters() {
        for (@Nullable NpyWriter writer : writers) {
            if (writer != null) {
                writer.close();
            }
        }
    }

    /** Without the files having got their names: leaves what was recorded to {@code --resume}, or nothing. */
    @Override
    public synchronized void close() {
        awaitTheEnd();
        if (!arrays.isEmpty()) {
            leave("");
            closeWriters();
        }
        if (farewell != null) {
            farewell.close();
        }
        ended = true;
    }
}
