package org.curvature4j.internal.cli.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.BackendInfo;
import org.curvature4j.internal.gpu.Device;

/** What decides the bytes of a run's results beside its function and its points. */
public final class Provenance {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** Under which a run names the GPUs that compute. */
    static final String DEVICE = "device";

    private Provenance() {}

    /** The beginning of what a journal and a manifest tell of a run, in the order to show it. */
    public static Map<String, String> begin(String command) {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("command", command);
        return run;
    }

    /** All that decides the bytes of a run's arrays; just the command where there are none. */
    public static Map<String, String> of(String command, Computation computation, List<ArrayFile> arrays) {
        Map<String, String> run = begin(command);
        if (!arrays.isEmpty()) {
            computation.identify(run);
            arrays.forEach(array -> array.identify(run));
            addMachine(run, computation.engine());
        }
        return run;
    }

    /**
     * Adds what computes: the same graph gives other last digits on another engine, library or processor. The GPU's name
     * and driver are among it although most code for GPUs gives the same bits on all: what doesn't would make a run that is
     * resumed on another one half of each.
     *
     * @param engine as the function describes it; it names the GPUs that compute, unless the processor has the same bits
     */
    public static void addMachine(Map<String, String> run, String engine) {
        BackendInfo info = Backend.get().info();
        run.put("backend", info.name());
        run.put("engine", engine.split(":", 2)[0]);
        String devices = devices(engine).map(Device::kind).distinct().collect(Collectors.joining("; "));
        if (!devices.isEmpty()) {
            run.put(DEVICE, devices);
        }
        info.versions().forEach((name, version) -> {
            if (!name.equals("System")) {
                run.put(name, version);
            }
        });
        run.put("system", system());
        run.put("processor", processor());
    }

    /** Whether GPUs compute, and not just may, by the engine's description. */
    public static boolean isOnDevices(String engine) {
        return devices(engine).findAny().isPresent();
    }

    private static Stream<Device> devices(String engine) {
        return Backend.get().info().settings().device().devices().stream()
                .filter(device -> engine.contains(device.name()));
    }

    static String system() {
        return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }

    /** The processor's name where the system tells it; its kernels of a BLAS library are chosen by it. */
    static String processor() {
        if (!Files.isReadable(PROCESSORS)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(PROCESSORS, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
