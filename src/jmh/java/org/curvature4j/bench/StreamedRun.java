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
import java.util.stream.Stream;

/**
 * Eigenvalues of the 2-2-1 net's Hessians at many points, by the command line from a generator to a file: what it costs,
 * and how much memory it takes.
 *
 * @param points how many
 * @param seconds of the computation
 * @param wholeSeconds of the process, with the JVM's start
 * @param residentMib the largest resident set, pages of the mapped file among it; NaN where the system doesn't tell
 * @param ownMib the largest part of it that isn't pages of files; NaN where the system doesn't tell
 * @param fileBytes written
 */
record StreamedRun(
        long points, double seconds, double wholeSeconds, double residentMib, double ownMib, long fileBytes) {
    static final String ID = "stream-221";
    static final long POINTS = 10_000_000;
    private static final long POLL_MS = 50;

    /** Runs it once. */
    static StreamedRun of(long points) throws ContenderProcess.Failed {
        Path folder = TemporaryFolder.create();
        try {
            if (Files.getFileStore(folder).getUsableSpace() < 2 * 88 * points) {
                throw new ContenderProcess.Failed("too little room in " + folder.getParent());
            }
            return run(points, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    private static StreamedRun run(long points, Path folder) throws IOException, ContenderProcess.Failed {
        Path file = folder.resolve("eigenvalues.npy");
        Path answer = folder.resolve("answer.json");
        Path errors = folder.resolve("errors.txt");
        List<String> command = new ArrayList<>(Library.jvm());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.curvature4j.cli.Main", "spectrum"));
        command.addAll(List.of("--model", "two-two-one", "--random", Long.toString(points), "--seed", "7"));
        command.addAll(List.of("--out", file.toString(), "--json"));
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
                points,
                report.get("seconds").getAsDouble(),
                whole,
                resident == 0 ? Double.NaN : resident,
                own == 0 ? Double.NaN : own,
                Files.size(file));
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
