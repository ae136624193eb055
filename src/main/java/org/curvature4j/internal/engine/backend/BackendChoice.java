package org.curvature4j.internal.engine.backend;

import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Which backend this JVM should compute with: decided once, before ND4J starts.
 *
 * @param built whether CUDA is on the class path
 * @param asked {@code cpu} or {@code cuda}
 * @param probe what CUDA answered, where it was asked for
 */
record BackendChoice(boolean built, String asked, CudaProbe probe) {

    private static final CudaProbe NOT_ASKED = new CudaProbe(false, "not asked", List.of());

    private static @Nullable BackendChoice current;

    /**
     * The choice of this JVM.
     *
     * @throws IllegalArgumentException if {@code curvature4j.backend} isn't valid
     */
    static synchronized BackendChoice current() {
        BackendChoice choice = current;
        if (choice == null) {
            choice = Silence.during(() -> of(new BytedecoCudaRuntime(), System.getProperties()));
            current = choice;
        }
        return choice;
    }

    /**
     * A choice for a machine and its system properties.
     *
     * @throws IllegalArgumentException if {@code curvature4j.backend} isn't valid
     */
    static BackendChoice of(CudaRuntime cuda, Properties properties) {
        boolean built = cuda.built();
        String asked = Settings.asked(properties, built ? "cuda" : "cpu");
        return new BackendChoice(built, asked, asked.equals("cuda") ? CudaProbe.of(cuda) : NOT_ASKED);
    }

    /** The backend to use. */
    String name() {
        return probe.usable() ? "cuda" : "cpu";
    }
}
