package org.curvature4j.internal.engine.gpu;

import java.util.List;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.gpu.Device;

/**
 * About how long a batch of a small function takes on GPUs and on this machine's processor: by counts of what is computed and
 * moved, against what the driver says of the devices, and against a processor core of 2020 or so. Only whether one is several
 * times faster than the other matters; near a tie, either choice is right.
 *
 * <p>On a device, arithmetic, memory and the bus each set a pace, of which the slowest counts. Its float64 rate decides little for
 * a computing card and all for a GeForce, which has 1/64 of it; the bus decides wherever results come back.
 *
 * @param work of a point, in the time of an addition
 * @param inputs numbers of a point
 * @param outputs numbers of a result
 */
public record GpuCost(double work, int inputs, int outputs) {
    /** Nanoseconds of a core for what an addition stands for, and for a number read or written: measured, from 0.3 to 0.7, and 1. */
    private static final double PROCESSOR_WORK = 0.4;

    private static final double PROCESSOR_NUMBER = 0.8;

    /** Instructions of a device for what an addition stands for, most of whose cost is functions made of dozens. */
    private static final double DEVICE_WORK = 3;

    /** The share of its rates that code without loops reaches. */
    private static final double REACHED = 0.5;

    /** Bytes a nanosecond over PCI Express 3.0 by pinned memory: newer ones are faster. */
    private static final double BUS = 12;

    /** Bytes a nanosecond of the memory of a device whose driver doesn't tell: fewer than any has. */
    private static final double UNTOLD_MEMORY = 100;

    /** Nanoseconds until the first result of a batch is there: launches, copies and waiting. */
    private static final double LATENCY = 100_000;

    /** Read and written for an element of an array. */
    private static final double ELEMENT_BYTES = 24;

    static GpuCost of(ScalarProgram program) {
        return new GpuCost(program.work(), program.inputs(), program.outputs().size());
    }

    /**
     * Whether a larger function, computed by kernels over arrays, is faster on devices for batches of any size, a single point
     * included.
     *
     * @param work of a point, in nanoseconds of a core
     */
    public static boolean isWorthAlways(double work, List<Device> devices) {
        double slowest = 0;
        for (Device device : devices) {
            double told = device.bytesPerSecond() / 1e9;
            double memory = ELEMENT_BYTES / (REACHED * (told > 0 ? told : UNTOLD_MEMORY));
            double arithmetic = DEVICE_WORK / (REACHED * device.float64PerSecond()) * 1e9;
            slowest = Math.max(slowest, Math.max(memory, arithmetic));
        }
        return LATENCY + work * slowest < work;
    }

    /** Nanoseconds that the processor takes for points, with so many threads. */
    double processor(long points, int threads) {
        return points * (PROCESSOR_WORK * work + PROCESSOR_NUMBER * (inputs + outputs)) / threads;
    }

    /** Nanoseconds that devices take, which share them, beside their latency. */
    double devices(long points, List<Device> devices, PointTile.Transfer transfer) {
        double each = 0;
        for (Device device : devices) {
            each += 1 / point(device, transfer);
        }
        return points / each;
    }

    private double point(Device device, PointTile.Transfer transfer) {
        double perSecond = 1e9;
        double arithmetic = DEVICE_WORK * work / (REACHED * device.float64PerSecond()) * perSecond;
        double told = device.bytesPerSecond() / perSecond;
        double numbers = (double) inputs + outputs;
        // What passes through this machine is turned over between rows and planes, read and written once more.
        double passed = transfer.hostNumbers(inputs, outputs);
        double memory = Double.BYTES * (numbers + 2 * passed) / (REACHED * (told > 0 ? told : UNTOLD_MEMORY));
        double bus = Double.BYTES * passed / BUS;
        return Math.max(Math.max(arithmetic, memory), bus);
    }

    /**
     * Whether devices are expected to be faster.
     *
     * @param points of the batch; where results stay on the device the choice must not depend on them, since a long computation
     *     comes in batches of any size
     */
    boolean isLess(long points, List<Device> devices, PointTile.Transfer transfer, int threads) {
        double latency = transfer.down() ? LATENCY : 0;
        return latency + devices(points, devices, transfer) < processor(points, threads);
    }
}
