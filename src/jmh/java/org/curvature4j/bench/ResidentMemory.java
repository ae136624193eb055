package org.curvature4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the system tells of a process's memory; known on Linux, while the process lives. */
final class ResidentMemory {
    /** The largest resident set so far, pages of mapped files among it. */
    static final String LARGEST = "VmHWM:";
    /** The part of the resident set, at the moment, that isn't pages of files. */
    static final String OWN = "RssAnon:";

    private ResidentMemory() {}

    /** MiB; 0 where it isn't known. */
    static double mib(Process process, String key) {
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
