package org.curvature4j.internal.blas;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.jspecify.annotations.Nullable;

/**
 * Keeps versions of OpenBLAS that are wrong on this processor from computing anything: has them choose right kernels
 * before they are loaded, and refuses them where that is too late.
 */
public final class OpenBlas {
    private static final String UNKNOWN = "unknown";

    /** Multiplications of a product up to which it is small. */
    public static final long SMALL_PRODUCT = 1_000_000;

    private static final Set<String> SMALL_KERNELS = Set.of("SkylakeX", "Cooperlake", "SapphireRapids");

    private static boolean prepared;
    private static volatile @Nullable List<MappedBlas> copies;

    private OpenBlas() {}

    /**
     * To be called before the library is loaded, by ND4J or by us; does nothing later on. Never fails: what couldn't be
     * set right is refused by {@link #requireRight}.
     */
    public static synchronized void prepare() {
        if (!prepared) {
            prepared = true;
            String version = jarVersion();
            // Most versions are right, and looking further takes time at every start.
            if (KnownFaults.isOld(version) && CoreChoice.current(version).mustBeSet() && CoreChoice.set()) {
                Warning.say("OpenBLAS " + version + " would compute wrong on processors with AVX-512; it takes its "
                        + KnownFaults.RIGHT_CORE + " kernels instead (" + Warning.NEWER + ")");
            }
        }
    }

    /**
     * Loads the library, if nobody has, and looks at each copy in this process.
     *
     * @throws IllegalStateException if a version and its kernels are known to compute wrong
     */
    public static void requireRight() {
        if (copies == null) {
            synchronized (OpenBlas.class) {
                prepare();
                Loader.load(openblas.class);
                List<MappedBlas> found = MappedBlas.all();
                requireRight(found);
                copies = found;
            }
        }
    }

    /** Whether it has kernels for small products, up to {@link #SMALL_PRODUCT}, that read their operands where they are. */
    public static boolean hasSmallKernels() {
        requireRight();
        List<MappedBlas> found = copies;
        return found != null && found.stream().map(MappedBlas::core).anyMatch(SMALL_KERNELS::contains);
    }

    /** What {@link #requireRight()} makes of copies of the library. */
    static void requireRight(List<MappedBlas> found) {
        for (MappedBlas copy : found) {
            if (KnownFaults.has(copy.version(), copy.core())) {
                throw new IllegalStateException("OpenBLAS: expected a version after " + KnownFaults.LAST
                        + " or other kernels, got " + copy.describe()
                        + ", which computes wrong products and decompositions (" + CoreChoice.remedy() + ")");
            }
        }
    }

    /** The copies in this process with version and kernels, one a line; empty where they can't be asked. */
    public static String describe() {
        List<MappedBlas> found = copies;
        return (found == null ? MappedBlas.all() : found)
                .stream().map(MappedBlas::describe).collect(Collectors.joining("\n"));
    }

    private static String jarVersion() {
        try {
            // Null in a jar that was made of several, without META-INF/maven.
            @Nullable String version = Loader.getVersion("org.bytedeco", "openblas");
            return version == null ? UNKNOWN : version;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
