package org.curvature4j.internal.engine.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.curvature4j.internal.blas.OpenBlas;
import org.curvature4j.internal.blas.ProductTest;
import org.curvature4j.internal.gpu.Devices;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The one place that starts ND4J. It computes with CUDA where that was asked for and works, with the CPU otherwise, and
 * says in one line on the standard error stream when it falls back. ND4J's own threads are set to one: tiles of a batch
 * are computed by worker threads of ours, which scale better, and which ND4J's would fight over the cores.
 */
public final class Backend {

    private static final Object LOCK = new Object();

    private static volatile @Nullable Backend started;

    private final BackendInfo info;

    private Backend(BackendInfo info) {
        this.info = info;
    }

    /**
     * Starts ND4J at the first call; later calls return the same object. Safe from several threads.
     *
     * @return the backend of this JVM
     * @throws IllegalArgumentException if a system property {@code curvature4j.*} isn't valid
     * @throws IllegalStateException if ND4J can't start at all, or its library of linear algebra computes wrong here
     */
    public static Backend get() {
        Backend backend = started;
        if (backend == null) {
            synchronized (LOCK) {
                backend = started;
                if (backend == null) {
                    backend = start();
                    started = backend;
                }
            }
        }
        return backend;
    }

    /**
     * Reads the settings anew from the system properties, if ND4J has started: what is prepared from now on keeps to them.
     *
     * @throws IllegalArgumentException if a system property {@code curvature4j.*} isn't valid
     */
    public static void refresh() {
        synchronized (LOCK) {
            Backend backend = started;
            if (backend != null) {
                Settings settings = Settings.of(backend.info.name(), backend.info.asked());
                Devices.waitAtMost(Settings.wait(backend.info.name()));
                started = new Backend(backend.info.with(settings, limits(settings)));
            }
        }
    }

    /**
     * What computes and why.
     *
     * @return a description
     */
    public BackendInfo info() {
        return info;
    }

    /**
     * Threads, tiles and memory of the backend in use.
     *
     * @return the settings
     */
    public Settings settings() {
        return info.settings();
    }

    private static Backend start() {
        // Both read before ND4J starts: a wrong value is told at once.
        BackendChoice choice = BackendChoice.current();
        Settings.of(choice.name());
        OpenBlas.prepare();
        startNd4j(choice);
        OpenBlas.requireRight();
        ProductTest.requireRight();
        String name = Nd4j.getEnvironment().isCPU() ? "cpu" : "cuda";
        Settings settings = Settings.of(name, choice.asked());
        Devices.waitAtMost(Settings.wait(name));
        limitThreads(name);
        String why = why(name, choice);
        if (choice.asked().equals("cuda") && name.equals("cpu")) {
            System.err.println("curvature: " + why + "; "
                    + (settings.device().isForced()
                            ? "our own code computes what it can there, the CPU the rest"
                            : "the CPU computes instead"));
        }
        return new Backend(new BackendInfo(
                name,
                choice.asked(),
                why,
                devices(name, choice.probe()),
                blas(),
                settings,
                limits(settings),
                versions(name)));
    }

    /** Runs ND4J's static initialiser, if nobody has before; {@link CpuInsteadOfCuda} keeps it to the choice. */
    private static void startNd4j(BackendChoice choice) {
        if (System.getProperty(ND4JSystemProperties.LOG_INITIALIZATION) == null) {
            System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
        }
        try {
            Silence.during(Nd4j::getBackend);
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException(reason(choice, e), e);
        }
    }

    private static String reason(BackendChoice choice, Throwable failure) {
        String missing = NativeLibraries.problem();
        if (!missing.isEmpty()) {
            return missing;
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "ND4J: can't start on " + Loader.getPlatform() + ": " + cause.getMessage()
                + (choice.name().equals("cuda") ? " (-Dcurvature4j.backend=cpu computes without CUDA)" : "");
    }

    /** After the start, which sets the BLAS library's threads to the number of cores. */
    private static void limitThreads(String name) {
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        if (name.equals("cpu")) {
            Nd4j.factory().blas().setMaxThreads(1);
        }
    }

    private static String why(String name, BackendChoice choice) {
        String reason = choice.probe().reason();
        if (!name.equals(choice.name())) {
            return "ND4J itself chose " + name + ", though CUDA: " + reason;
        }
        if (name.equals("cuda")) {
            return "CUDA was asked for and works: " + reason;
        }
        if (choice.asked().equals("cuda")) {
            return "CUDA was asked for but can't be used: " + reason;
        }
        return choice.built() ? "asked for by " + Settings.PREFIX + "backend" : "a build for the CPU; -Pcuda adds CUDA";
    }

    private static List<String> devices(String name, CudaProbe probe) {
        List<String> devices = new ArrayList<>();
        if (name.equals("cpu")) {
            devices.add("CPU: " + Runtime.getRuntime().availableProcessors() + " cores, " + Loader.getPlatform());
        }
        probe.devices().forEach(device -> devices.add(device + (name.equals("cpu") ? " (not used by ND4J)" : "")));
        return devices;
    }

    private static String blas() {
        return Nd4j.factory().blas().getBlasVendor() + ", "
                + Nd4j.factory().blas().getMaxThreads() + " thread a call\n" + OpenBlas.describe();
    }

    private static Map<String, Long> limits(Settings settings) {
        Map<String, Long> limits = new LinkedHashMap<>();
        limits.put("tiles", settings.memory());
        limits.put("Java heap", Runtime.getRuntime().maxMemory());
        // JavaCPP counts the whole process, and refuses an array that would take it over this.
        limits.put("process", Pointer.maxPhysicalBytes());
        return limits;
    }

    private static Map<String, String> versions(String name) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Curvature4j", Versions.own());
        versions.put("ND4J", Versions.of("org.nd4j", "nd4j-api"));
        versions.put("JavaCPP", Versions.of("org.bytedeco", "javacpp"));
        versions.put("OpenBLAS", Versions.of("org.bytedeco", "openblas"));
        if (name.equals("cuda")) {
            versions.put("CUDA", Versions.of("org.bytedeco", "cuda"));
        }
        versions.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
        versions.put(
                "System",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        return versions;
    }
}
