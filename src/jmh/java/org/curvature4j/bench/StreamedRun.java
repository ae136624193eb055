package org.curvature4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues of the 2-2-1 net's Hessians at many points, by the command line from a generator to a file, or to their summary
 * alone: what it costs, and how much memory it takes.
 *
 * @param device cpu or gpu; null for the CPU in what was measured before there was a choice
 * @param library another one, whose program takes the same chunk of points again and again; null for this one
 * @param points how many
 * @param seconds of the computation
 * @param wholeSeconds of the process, with the JVM's start
 * @param residentMib the largest resident set, pages of the mapped file among it; NaN where the system doesn't tell
 * @param ownMib the largest part of it that isn't pages of files; NaN where the system doesn't tell
 * @param fileBytes written; 0 where the eigenvalues weren't kept
 * @param difference of another library's first eigenvalues from ours, relative to the largest
 */
record StreamedRun(
        @Nullable String device,
        @Nullable String library,
        long points,
        double seconds,
        double wholeSeconds,
        double residentMib,
        double ownMib,
        long fileBytes,
        double difference) {
    static final String ID = "stream-221";
    static final long POINTS = 10_000_000;
    static final int NUMBERS = 11;
    static final long SEED = 7;
    private static final String FILE = "eigenvalues.npy";
    /** Bytes of a disk that others need. */
    private static final long SPARE = 2L << 30;

    /** Runs it once, on the CPU by the other libraries too, on a GPU at several sizes; a run that fails is told of, and others go on. */
    static List<StreamedRun> all(boolean gpu, Python python, Consumer<String> failures) {
        List<StreamedRun> runs = new ArrayList<>();
        add(runs, "cpu", POINTS, true, gpu ? Python.NONE : python, failures);
        for (long points = POINTS / 10; gpu && points <= 10 * POINTS; points *= 10) {
            add(runs, "gpu", points, false, Python.NONE, failures);
            add(runs, "gpu", points, true, Python.NONE, failures);
        }
        return runs;
    }

    private static void add(
            List<StreamedRun> runs, String device, long points, boolean kept, Python peers, Consumer<String> failures) {
        Path folder = TemporaryFolder.create();
        try {
            // Ours, and one of another library.
            long files = peers.versions().isEmpty() ? 1 : 2;
            if (kept && Files.getFileStore(folder).getUsableSpace() < 8 * NUMBERS * points * files + SPARE) {
                throw new ContenderProcess.Failed("too little room in " + folder.getParent());
            }
            runs.add(run(device, points, kept, folder));
            if (!peers.versions().isEmpty()) {
                runs.addAll(new StreamedPeer(folder, folder.resolve(FILE)).all(peers, failures));
            }
        } catch (ContenderProcess.Failed e) {
            failures.accept(String.format(
                    Locale.ROOT,
                    "%s, %,d points on the %s%s: %s",
                    ID,
                    points,
                    device.toUpperCase(Locale.ROOT),
                    kept ? " to a file" : "",
                    e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    private static StreamedRun run(String device, long points, boolean kept, Path folder)
            throws IOException, ContenderProcess.Failed {
        Path file = folder.resolve(FILE);
        List<String> command = new ArrayList<>(Library.jvm());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.curvature4j.cli.Main", "spectrum"));
        command.addAll(
                List.of("--model", "two-two-one", "--random", Long.toString(points), "--seed", Long.toString(SEED)));
        command.addAll(List.of("--device", device, "--json"));
        if (kept) {
            command.addAll(List.of("--out", file.toString()));
        }
        WatchedProcess process = WatchedProcess.run(command, Map.of(), folder);
        return new StreamedRun(
                device,
                null,
                points,
                process.answer().get("seconds").getAsDouble(),
                process.seconds(),
                process.residentMib(),
                process.ownMib(),
                kept ? Files.size(file) : 0,
                0);
    }

    /** Whether it is another library's. */
    boolean isPeer() {
        return library != null;
    }

    /** Whose it is. */
    String name() {
        return library == null ? Library.OWN : library;
    }
}
