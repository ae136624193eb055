package org.curvature4j.spectrum;

import java.util.Arrays;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.spectrum.SpectraSummary.Extreme;

/** What {@link SummaryKernel} leaves of a tile, as it lies in this machine's memory: sums, then the extremes of blocks. */
final class TileSummary {
    private static final long EXTREMES = (long) SummaryKernel.WIDTH * Long.BYTES;

    private final HostBuffer memory;
    private final long[] counts = new long[SummaryKernel.WIDTH];

    TileSummary(HostBuffer memory) {
        this.memory = memory;
    }

    /** Bytes for spectra. */
    static long bytes(int spectra) {
        return EXTREMES + extremesBytes(spectra);
    }

    static long extremesBytes(int spectra) {
        return (long) SpectrumCode.blocks(spectra, SummaryKernel.BLOCK) * SummaryKernel.EXTREMES * Double.BYTES;
    }

    /** Where the sums lie, and how long they are. */
    static long countsBytes() {
        return EXTREMES;
    }

    /** Whether all matrices have a spectrum. */
    boolean isComplete() {
        memory.read(0, counts, 0, SummaryKernel.WIDTH);
        return counts[SummaryKernel.UNSOLVED] == 0;
    }

    /**
     * The summary of a tile that {@link #isComplete}.
     *
     * @param first index of its first matrix
     */
    SpectraSummary read(long first, int count) {
        double[] extremes = new double[SpectrumCode.blocks(count, SummaryKernel.BLOCK) * SummaryKernel.EXTREMES];
        memory.read(EXTREMES, extremes, 0, extremes.length);
        Extreme smallest = Extreme.NONE;
        Extreme largest = Extreme.NONE;
        Extreme worst = Extreme.NONE;
        for (int at = 0; at < extremes.length; at += SummaryKernel.EXTREMES) {
            smallest = smallest.orSmaller(-extremes[at], index(first, extremes[at + 1]));
            largest = largest.orLarger(extremes[at + 2], index(first, extremes[at + 3]));
            worst = worst.orLarger(extremes[at + 4], index(first, extremes[at + 5]));
        }
        EigenvalueHistogram histogram = new EigenvalueHistogram();
        histogram.addAll(counts, SummaryKernel.FIRST_BIN);
        long[] classes = Arrays.copyOfRange(counts, SummaryKernel.FIRST_CLASS, SummaryKernel.FIRST_BIN);
        return new SpectraSummary(classes, smallest, largest, worst, histogram);
    }

    private static long index(long first, double place) {
        return first + (long) place;
    }
}
