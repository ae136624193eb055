package org.curvature4j.internal.host;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Asks Linux to back large arrays with pages of 2 MiB. The first write to fresh memory makes the kernel find and clear a
 * page: with pages of 4 KiB that takes several times longer than to compute a small Hessian and write it. Where the kernel,
 * or the settings in {@code /sys/kernel/mm/transparent_hugepage}, don't offer this, nothing happens.
 */
final class HugePages {
    private static final long PAGE = 2L << 20;

    /** Smaller arrays come from memory that the allocator has used before. */
    private static final long WORTH_IT = 2 * PAGE;

    /** MADV_HUGEPAGE of {@code madvise(2)}. */
    private static final int ADVICE = 14;

    private HugePages() {}

    /** Made when the first large array is. */
    private static final class Library {
        static final @Nullable Function MADVISE = madvise();

        private static @Nullable Function madvise() {
            try {
                return Platform.isLinux() ? NativeLibrary.getInstance("c").getFunction("madvise") : null;
            } catch (LinkageError | RuntimeException e) {
                // JNA can't unpack its library everywhere; advice is never needed.
                return null;
            }
        }
    }

    /** For memory whose content doesn't matter yet. */
    static void advise(long address, long bytes) {
        Function madvise = bytes < WORTH_IT ? null : Library.MADVISE;
        if (madvise != null) {
            long start = (address + PAGE - 1) / PAGE * PAGE;
            long end = (address + bytes) / PAGE * PAGE;
            madvise.invokeInt(new Object[] {new Pointer(start), new NativeLong(end - start), ADVICE});
        }
    }
}
