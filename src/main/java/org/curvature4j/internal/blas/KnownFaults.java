package org.curvature4j.internal.blas;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of versions of OpenBLAS. Up to 0.3.19 its builds for several processors took AVX-512 kernels of dgemm with
 * the block sizes of others (OpenBLAS #3505, mended in 0.3.20): triangular products and every decomposition built on them
 * are wrong, on some processors plain products too.
 */
final class KnownFaults {
    /** The last version with the fault. */
    static final String LAST = "0.3.19";

    /** A core whose kernels are right in every version, for any processor with AVX2. */
    static final String RIGHT_CORE = "HASWELL";

    private static final int[] LAST_NUMBERS = {0, 3, 19};
    private static final Set<String> WRONG_CORES = Set.of("skylakex", "cooperlake");
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    private KnownFaults() {}

    /**
     * Whether a library computes wrong.
     *
     * @param version as its configuration or its jar says it, such as "OpenBLAS 0.3.19 DYNAMIC_ARCH"
     * @param core the processor that its kernels are for
     */
    static boolean has(String version, String core) {
        return isOld(version) && WRONG_CORES.contains(core.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether a version has the fault on some processors; false for what names no version. */
    static boolean isOld(String version) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.find()) {
            return false;
        }
        for (int i = 0; i < LAST_NUMBERS.length; i++) {
            int compared = Integer.compare(Integer.parseInt(numbers.group(i + 1)), LAST_NUMBERS[i]);
            if (compared != 0) {
                return compared < 0;
            }
        }
        return true;
    }
}
