package org.curvature4j.internal.engine.backend;

import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * The native libraries without which ND4J doesn't start. They are in jars of their own, one for each platform, which a
 * project names itself: this one's pom names Java code alone.
 */
final class NativeLibraries {
    /** @param folder where the jar has them, above a folder named as the platform; one of them is {@code library} */
    private record Jar(String group, String artifact, String folder, String library) {}

    private static final List<Jar> JARS = List.of(
            new Jar("org.nd4j", "nd4j-native", "/org/nd4j/linalg/cpu/nativecpu/bindings/", "jnind4jcpu"),
            new Jar("org.bytedeco", "openblas", "/org/bytedeco/openblas/", "jniopenblas_nolapack"),
            new Jar("org.bytedeco", "javacpp", "/org/bytedeco/javacpp/", "jnijavacpp"));

    private NativeLibraries() {}

    /**
     * The jars that aren't on the class path, by coordinates that fit what is there.
     *
     * @param platform as JavaCPP names it, such as {@code linux-x86_64}
     */
    static List<String> missing(String platform) {
        // Those for AVX2 and AVX-512 have folders of their own.
        String variant = platform + Loader.loadProperties().getProperty("platform.extension", "");
        return JARS.stream()
                .filter(jar -> !isThere(jar, platform) && !isThere(jar, variant))
                .map(jar -> jar.group() + ":" + jar.artifact() + ":" + Versions.of(jar.group(), jar.artifact()) + ":"
                        + platform)
                .toList();
    }

    /** What is missing on this machine and what to add, in a sentence; empty where all are there. */
    static String problem() {
        String platform = Loader.getPlatform();
        List<String> missing = missing(platform);
        return missing.isEmpty()
                ? ""
                : "ND4J: expected its native libraries for " + platform + " on the class path, got not all (add "
                        + String.join(" and ", missing) + ")";
    }

    private static boolean isThere(Jar jar, String platform) {
        String file = jar.folder() + platform + "/" + System.mapLibraryName(jar.library());
        return NativeLibraries.class.getResource(file) != null;
    }
}
