package org.curvature4j.internal.engine.backend;

import java.util.regex.Pattern;

/**
 * Where a function of single points is computed.
 *
 * @param kind what is asked for
 * @param number of the one GPU that is meant; -1 for all of them
 */
public record DeviceChoice(Kind kind, int number) {
    public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, -1);
    public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, -1);
    public static final DeviceChoice GPU = new DeviceChoice(Kind.GPU, -1);

    private static final Pattern ONE = Pattern.compile("gpu:\\d{1,4}");

    /** What can be asked for. */
    public enum Kind {
        /** A GPU where one is there and is expected to be faster. */
        AUTO,
        CPU,
        /** GPUs, for everything that one can compute. */
        GPU
    }

    /** @throws IllegalArgumentException if it isn't auto, cpu, gpu or gpu:N */
    static DeviceChoice of(String text) {
        if (ONE.matcher(text).matches()) {
            return new DeviceChoice(Kind.GPU, Integer.parseInt(text.substring(4)));
        }
        return switch (text) {
            case "auto" -> AUTO;
            case "cpu" -> CPU;
            case "gpu" -> GPU;
            default ->
                throw new IllegalArgumentException(
                        Settings.PREFIX + "device: expected auto, cpu, gpu or gpu:N as in gpu:1, got '" + text + "'");
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case AUTO -> "auto";
            case CPU -> "cpu";
            case GPU -> number < 0 ? "gpu" : "gpu:" + number;
        };
    }
}
