package org.curvature4j.bench;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A contender and how its process is started.
 *
 * @param name for people; several processes may share one, of which the fastest variant counts
 * @param command of the process
 * @param environment added to this process's
 * @param derivesItself whether it derives the derivatives, rather than a person by hand
 */
record Library(String name, List<String> command, Map<String, String> environment, boolean derivesItself) {
    static final String OWN = "Curvature4j";
    /** This library held against itself, where the GPU is measured. */
    static final String ON_CPU = "Curvature4j on the CPU";

    static final String OTHER_COMMIT = "Curvature4j of the other commit";

    private static final String DEVICE = "-Dcurvature4j.device=";
    /** Hides GPUs from libraries that would take them. */
    private static final Map<String, String> NO_GPU = Map.of("CUDA_VISIBLE_DEVICES", "");

    static final String JAX = "JAX";
    static final String TORCH = "PyTorch";
    static final String NUMPY = "NumPy by hand";
    static final String HIPPARCHUS = "Hipparchus";
    static final String SAMEDIFF = "SameDiff";

    /** glibc's allocator then asks for huge pages, which fresh results of many megabytes gain by. */
    private static final Map<String, String> HUGE_PAGES =
            Map.of("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", "CUDA_VISIBLE_DEVICES", "");

    private static final long LARGE_RESULT = 20_000_000;

    /** What shows other libraries the GPU, of whose memory each is to take what it needs and no more, or hides it. */
    static Map<String, String> devices(boolean gpu) {
        return gpu ? Map.of("XLA_PYTHON_CLIENT_PREALLOCATE", "false") : NO_GPU;
    }

    /** This library's own process. */
    static Library own(boolean gpu) {
        return java(OWN, JavaLibrary.OWN, DEVICE + (gpu ? "gpu" : "cpu"));
    }

    /** Another build of this library, by its class path. */
    static Library own(List<String> classpath) {
        List<String> command = jvm();
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classpath)));
        command.addAll(List.of(Server.class.getName(), JavaLibrary.OWN.id()));
        return new Library(OTHER_COMMIT, command, NO_GPU, true);
    }

    /** The JVM that this process runs on, with the options that scripts/bench gave it: heap, access to native code. */
    static List<String> jvm() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        return command;
    }

    private static Library java(String name, JavaLibrary library, String... properties) {
        List<String> command = jvm();
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Server.class.getName(), library.id()));
        return new Library(name, command, Map.of(), true);
    }

    /**
     * All that take part in a task.
     *
     * @param python with which libraries
     * @param gpu whether they compute on the GPU, and this library on the CPU too
     */
    static List<Library> all(Task task, Python python, boolean gpu) {
        List<Library> libraries = new ArrayList<>(List.of(own(gpu)));
        for (String name : List.of(JAX, TORCH, NUMPY)) {
            boolean byHand = name.equals(NUMPY);
            if (python.has(name)
                    && !task.workload().isOwnAlone()
                    && !(byHand && (gpu || task.workload().isKept()))) {
                libraries.add(python.library(name, devices(gpu)));
                if (task.resultBytes() >= LARGE_RESULT && !gpu && !name.equals(NUMPY)) {
                    libraries.add(python.library(name, HUGE_PAGES));
                }
            }
        }
        if (gpu) {
            libraries.add(java(ON_CPU, JavaLibrary.OWN, DEVICE + "cpu"));
            return libraries;
        }
        if (task.workload() == Workload.HESSIAN_221 || task.workload() == Workload.SINGLE_POINT) {
            libraries.add(java(HIPPARCHUS, JavaLibrary.HIPPARCHUS));
            if (task.points() <= 100) {
                libraries.add(java(SAMEDIFF, JavaLibrary.SAMEDIFF));
            }
        }
        return libraries;
    }

    boolean isOwn() {
        return name.equals(OWN);
    }

    /** Whether it is this library, of whatever commit and wherever it computes. */
    boolean isOurs() {
        return name.startsWith(OWN);
    }

    boolean hasHugePages() {
        return environment.equals(HUGE_PAGES);
    }
}
