package org.curvature4j.internal.blas;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import com.sun.jna.WString;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a process before OpenBLAS is loaded, to have it choose kernels that are right.
 *
 * @param version of the library on the class path, as its jar says
 * @param platform as JavaCPP names it, such as "linux-x86_64"
 * @param vectorLevel the AVX level that the JVM uses, 2 from AVX2 on; 0 where that isn't known
 * @param asked what the environment asks for, or null
 * @param loaded whether the library has been loaded and has chosen already
 */
record CoreChoice(String version, String platform, int vectorLevel, @Nullable String asked, boolean loaded) {
    static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final int AVX2 = 2;

    /** This process, now. */
    static CoreChoice current(String version) {
        return new CoreChoice(
                version,
                Loader.getPlatform(),
                currentLevel(),
                System.getenv(VARIABLE),
                !MappedBlas.all().isEmpty());
    }

    /**
     * Whether the right core is to be asked for. Not on a processor without AVX2, where its kernels would end the process;
     * not against the user's own choice, which is judged once it has been made.
     */
    boolean mustBeSet() {
        return KnownFaults.isOld(version)
                && platform.endsWith("x86_64")
                && vectorLevel >= AVX2
                && asked == null
                && !loaded;
    }

    private static int currentLevel() {
        try {
            String level = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption("UseAVX")
                    .getValue();
            return Integer.parseInt(level);
        } catch (LinkageError | RuntimeException e) {
            // Another processor, or another JVM.
            return 0;
        }
    }

    /**
     * Sets the variable in the process' own environment, which Java's methods can't change and don't show.
     *
     * @return whether that worked; what the library makes of it, it says once loaded
     */
    static boolean set() {
        try {
            Object[] arguments = Platform.isWindows()
                    ? new Object[] {new WString(VARIABLE), new WString(KnownFaults.RIGHT_CORE)}
                    : new Object[] {VARIABLE, KnownFaults.RIGHT_CORE, 1};
            Function function = Platform.isWindows()
                    ? Function.getFunction("kernel32", "SetEnvironmentVariableW", Function.ALT_CONVENTION)
                    : Function.getFunction("c", "setenv");
            int status = function.invokeInt(arguments);
            return Platform.isWindows() ? status != 0 : status == 0;
        } catch (LinkageError | RuntimeException e) {
            // JNA isn't available for this system.
            return false;
        }
    }

    /** What the user can do about a wrong library. */
    static String remedy() {
        return "put org.bytedeco:openblas 0.3.31-1.5.13 and org.bytedeco:javacpp 1.5.13 on the class path, or set "
                + VARIABLE + "=" + KnownFaults.RIGHT_CORE + " in the environment before Java starts";
    }
}
