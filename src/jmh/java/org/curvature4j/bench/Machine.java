package org.curvature4j.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where and when results were measured, and of what.
 *
 * @param processor its name
 * @param cores that the JVM sees
 * @param memoryGib of the machine
 * @param system operating system
 * @param hugePages what the kernel says of transparent huge pages
 * @param javaVersion version of the JVM
 * @param commit of this repository, with a plus where files were changed
 * @param date of the start
 * @param loadBefore the system's load average at the start; negative where it doesn't tell
 */
record Machine(
        String processor,
        int cores,
        double memoryGib,
        String system,
        String hugePages,
        String javaVersion,
        String commit,
        String date,
        double loadBefore) {

    static Machine here() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize() / (double) (1L << 30),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                firstLine(Path.of("/sys/kernel/mm/transparent_hugepage/enabled"), ""),
                Runtime.version() + ", " + System.getProperty("java.vm.name"),
                commitName(),
                LocalDate.now(ZoneOffset.UTC).toString(),
                system.getSystemLoadAverage());
    }

    /** For a file's name: the date and the machine. */
    String fileName() {
        String name =
                processor.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return date + "-" + name + "-" + cores + "-cores";
    }

    /** Bytes that programs can still have, or all that there are where the system doesn't tell. */
    static long availableMemory() {
        String kib = firstLine(Path.of("/proc/meminfo"), "MemAvailable:").replaceAll("\\D", "");
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return kib.isEmpty() ? system.getTotalMemorySize() : Long.parseLong(kib) << 10;
    }

    private static String processorName() {
        String line = firstLine(Path.of("/proc/cpuinfo"), "model name");
        return line.isEmpty()
                ? System.getProperty("os.arch")
                : line.substring(line.indexOf(':') + 1).strip();
    }

    /** The first line of a file that starts so, or nothing where there is none. */
    private static String firstLine(Path file, String start) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(start)).findFirst().orElse("");
        } catch (IOException | java.io.UncheckedIOException e) {
            return "";
        }
    }

    private static String commitName() {
        String commit = git("rev-parse", "--short", "HEAD");
        return commit.isEmpty()
                ? "unknown"
                : commit + (git("status", "--porcelain").isEmpty() ? "" : "+");
    }

    private static String git(String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? text.strip() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
