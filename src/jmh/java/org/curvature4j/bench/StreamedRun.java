package org.curvature4j.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues of the 2-2-1 net's Hessians at many points, by the command line from a generator to a file, or to their summary
 * alone: what it costs, and how much memory it takes.
 *
 * @param device cpu or gpu; null for the CPU in what was measured before there was a choice
 * @param points how many
 * @param seconds of the computation
 * @param wholeSeconds of the process, with the JVM's start
 * @param residentMib the largest resident set, pages of the mapped file among it; NaN where the system doesn't tell
 * @param ownMib the largest part of it that isn't pages of files; NaN where the system doesn't tell
 * @param fileBytes written; 0 where the eigenvalues weren't kept
 */
record StreamedRun(
        @Nullable String device,
        long points,
        double seconds,
        double wholeSeconds,
        double residentMib,
        double ownMib,
        long fileBytes) {
    static final String ID = "stream-221";
    static final long POINTS = 10_000_000;
    private static final long POLL_MS = 50;
    /** Bytes of a disk that others need. */
    private static final long SPARE = 2L << 30;

    /** Runs it once, on a GPU at several sizes too; a run that fails is told of, and others go on. */
    static List<StreamedRun> all(boolean gpu, Consumer<String> failures) {
        List<StreamedRun> runs = new ArrayList<>();
        add(runs, "cpu", POINTS, true, failures);
        for (long points = POINTS / 10; gpu && points <= 10 * POINTS; points *= 10) {
            add(runs, "gpu", points, false, failures);
            add(runs, "gpu", points, true, failures);
        }
        return runs;
    }

    private static void add(
            List<StreamedRun> runs, String device, long points, boolean kept, Consumer<String> failures) {
        Path folder = TemporaryFolder.create();
        try {
            if (kept && Files.getFileStore(folder).getUsableSpace() < 88 * points + SPARE) {
                throw new ContenderProcess.Failed("too little room in " + folder.getParent());
            }
            runs.add(run(device, points, kept, folder));
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
        Path file = folder.resolve("eigenvalues.npy");
        Path answer = folder.resolve("answer.json");
        Path errors = folder.resolve("errors.txt");
        List<String> command = new ArrayList<>(Library.jvm());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.curvature4j.cli.Main", "spectrum"));
        command.addAll(List.of("--model", "two-two-one", "--random", Long.toString(points), "--seed", "7"));
        command.addAll(List.of("--device", device, "--json"));
        if (kept) {
            command.addAll(List.of("--out", file.toString()));
        }
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(answer.toFile())
                .redirectError(errors.toFile())
                .start();
        double resident = 0;
        double own = 0;
        try {
            while (process.isAlive()) {
                resident = Math.max(resident, mib(process, "VmHWM:"));
                own = Math.max(own, mib(process, "RssAnon:"));
                Thread.sleep(POLL_MS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ContenderProcess.Failed("interrupted");
        }
        double whole = (System.nanoTime() - start) / 1e9;
        if (process.exitValue() != 0) {
            throw new ContenderProcess.Failed(
                    Files.readString(errors, StandardCharsets.UTF_8).strip());
        }
        JsonObject report = new Gson().fromJson(Files.readString(answer), JsonObject.class);
        return new StreamedRun(
                device,
                points,
                report.get("seconds").getAsDouble(),
                whole,
                resident == 0 ? Double.NaN : resident,
                own == 0 ? Double.NaN : own,
                kept ? Files.size(file) : 0);
    }

    private static double mib(Process process, String key) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has just ended, or this isn't Linux
        }
    }
}
