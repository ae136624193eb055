package org.curvature4j.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that ran to its end, and what it took.
 *
 * @param seconds from its start to its end
 * @param residentMib the largest resident set, pages of mapped files among it; NaN where the system doesn't tell
 * @param ownMib the largest part of it that isn't pages of files; NaN where the system doesn't tell
 * @param answer what it said, JSON
 */
record WatchedProcess(double seconds, double residentMib, double ownMib, JsonObject answer) {
    private static final long POLL_MS = 50;

    /**
     * Runs it.
     *
     * @param environment added to this process's
     * @param folder for what it says
     * @throws ContenderProcess.Failed if it says that it failed, by its exit code
     */
    static WatchedProcess run(List<String> command, Map<String, String> environment, Path folder)
            throws IOException, ContenderProcess.Failed {
        Path answer = folder.resolve("answer.json");
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(answer.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        double resident = 0;
        double own = 0;
        try {
            while (process.isAlive()) {
                resident = Math.max(resident, ResidentMemory.mib(process, ResidentMemory.LARGEST));
                own = Math.max(own, ResidentMemory.mib(process, ResidentMemory.OWN));
                Thread.sleep(POLL_MS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ContenderProcess.Failed("interrupted");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (process.exitValue() != 0) {
            throw new ContenderProcess.Failed(
                    Files.readString(errors, StandardCharsets.UTF_8).strip());
        }
        return new WatchedProcess(
                seconds,
                resident == 0 ? Double.NaN : resident,
                own == 0 ? Double.NaN : own,
                new Gson().fromJson(Files.readString(answer), JsonObject.class));
    }
}
