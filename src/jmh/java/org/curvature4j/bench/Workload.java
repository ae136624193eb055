package org.curvature4j.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.curvature4j.io.NpyType;

/** What is computed. The functions and inputs of each are those of {@link WorkloadInputs} and {@link OwnComputations}. */
enum Workload {
    HESSIAN_221("hessian-221", "Hessians of the 2-2-1 net, 11 x 11", 121, 1),
    SINGLE_POINT("single-point", "one of them, array in, array out", 121, 1),
    SPECTRUM_221("spectrum-221", "eigenvalues of these Hessians", 132, 1),
    SPECTRUM_VECTORS_221("spectrum-vec-221", "eigenvalues and vectors of these Hessians", 253, 1),
    SPECTRUM_FLOAT("spectrum-221-float32", "the eigenvalues of spectrum-221 in float32", 132, 1),
    HESSIAN_KEPT("hessian-221-kept", "the Hessians of hessian-221, left where they were computed", 121, 1),
    SPECTRUM_KEPT("spectrum-221-kept", "the extremes of the eigenvalues of these, found there too", 2, 1),
    JACOBIAN_2("jacobian-tanh-2", "Jacobians of tanh(Wx + b), 2 x 2", 4, 1),
    JACOBIAN_16("jacobian-tanh-16", "Jacobians of tanh(Wx + b), 16 x 16", 256, 1),
    JACOBIAN_64("jacobian-tanh-64", "Jacobians of tanh(Wx + b), 64 x 64", 4096, 1),
    EIGENVALUES_20("eigenvalues-20", "eigenvalues of symmetric 20 x 20 matrices", 20, 1),
    EIGENVALUES_32("eigenvalues-32", "eigenvalues of symmetric 32 x 32 matrices", 32, 1),
    NET_OF_INPUT("hessian-mlp-input", "Hessians of an 8-32-32-1 net in its input", 64, 1),
    LAPLACIAN("laplacian-mlp-input", "Laplacians of a 2-64-64-1 net in its input", 1, 1),
    PER_EXAMPLE("hessian-per-example", "Hessians of the loss of each example in 97 parameters", 97 * 97, 1),
    PARAMETERS_385("hessian-mlp-params-385", "Hessian of a loss of 512 rows in 385 parameters", 385 * 385, 1),
    PARAMETERS_1201("hessian-mlp-params-1201", "Hessian of a loss of 512 rows in 1,201 parameters", 1201 * 1201, 1),
    PRODUCT("hvp-large", "Hessian times vector, a loss of 256 rows in 669,706 parameters", 669_706, 1),
    FIXED_PRODUCT("hvp-fixed-point", "the same at one point, what depends on the point alone kept", 669_706, 1),
    LANCZOS("lanczos-large", "the 20 largest Ritz values of 60 Lanczos steps at that point", 20, 1),
    DENSITY("density-digits", "spectral density of a loss in 2,410 parameters: 20 probes of 30 Lanczos steps", 200, 1),
    SADDLE("monkey-saddle", "2 x 2 Hessians and their eigenvalues on a grid", 6, 2),
    PREPARATION_750("prepare-750", "preparing the Hessian of a chain of 750 SameDiff operations, and one point", 4, 1),
    PREPARATION_1500("prepare-1500", "the same of 1,500 operations: near twice the time", 4, 1),
    PREPARATION_3000("prepare-3000", "the same of 3,000 operations: near four times the time", 4, 1),
    PREPARATION_OF_SINES("prepare-sines-800", "preparing the Hessian of a chain of 800 sines, and one point", 4, 1),
    FIRST_RESULT(
            "first-result", "the Hessian of single-point by a new process: its start, preparing, one point", 121, 1);

    private final String id;
    private final String description;
    private final long resultNumbers;
    private final int compared;

    Workload(String id, String description, long resultNumbers, int compared) {
        this.id = id;
        this.description = description;
        this.resultNumbers = resultNumbers;
        this.compared = compared;
    }

    String id() {
        return id;
    }

    String description() {
        return description;
    }

    /** How many of the results are unique, and so must agree: eigenvectors aren't. */
    int compared() {
        return compared;
    }

    /** The type of the inputs, and of the results. */
    NpyType type() {
        return this == SPECTRUM_FLOAT ? NpyType.FLOAT32 : NpyType.FLOAT64;
    }

    /** Bytes of the results at one point. */
    long resultBytes() {
        return type().bytes() * resultNumbers;
    }

    /** Whether the numbers of points are those of a batch; a time is given a point then. */
    boolean isBatch() {
        return switch (this) {
            case SINGLE_POINT, FIRST_RESULT, PARAMETERS_385, PARAMETERS_1201, PRODUCT, FIXED_PRODUCT -> false;
            case LANCZOS, DENSITY, PREPARATION_750, PREPARATION_1500, PREPARATION_3000, PREPARATION_OF_SINES -> false;
            default -> true;
        };
    }

    /** Whether the results, but for what is small, stay on the device that computes. */
    boolean isKept() {
        return this == HESSIAN_KEPT || this == SPECTRUM_KEPT;
    }

    /** Whether the results have a row for each point. */
    boolean hasRows() {
        return isBatch() && this != SPECTRUM_KEPT;
    }

    /** Whether each computation is a process, and what the contender's own process does is to wait for it. */
    boolean isOfProcesses() {
        return this == FIRST_RESULT;
    }

    /** Whether the memory of contenders is measured too, at a number of points. */
    boolean isWeighedAt(long points) {
        return this == HESSIAN_221 && points == 1_000_000;
    }

    /** Whether only this library takes part: what it does before it computes has no like elsewhere. */
    boolean isOwnAlone() {
        return switch (this) {
            case PREPARATION_750, PREPARATION_1500, PREPARATION_3000 -> true;
            default -> false;
        };
    }

    /** The largest difference between contenders' results, relative to the largest number. */
    double allowed() {
        return switch (this) {
            case LANCZOS, DENSITY -> 1e-6;
            case SPECTRUM_FLOAT -> 1e-5;
            default -> 1e-10;
        };
    }

    /**
     * The workload at its sizes, ascending.
     *
     * @param quickly fewer and smaller ones
     * @param gpu large batches only, of what a GPU is for
     */
    List<Task> tasks(boolean quickly, boolean gpu) {
        long[] sizes = gpu ? gpuSizes() : cpuSizes(quickly);
        return Arrays.stream(sizes).mapToObj(points -> new Task(this, points)).toList();
    }

    private long[] gpuSizes() {
        return switch (this) {
            case HESSIAN_221, SPECTRUM_221 -> new long[] {100_000, 1_000_000};
            case HESSIAN_KEPT -> new long[] {1_000_000};
            case SPECTRUM_KEPT -> new long[] {1_000_000, 10_000_000};
            case JACOBIAN_16, NET_OF_INPUT -> new long[] {100_000};
            case JACOBIAN_64 -> new long[] {10_000};
            case SADDLE -> new long[] {1_000_000};
            case SINGLE_POINT, PARAMETERS_385, PARAMETERS_1201, PRODUCT, FIXED_PRODUCT, LANCZOS -> new long[] {1};
            default -> new long[0];
        };
    }

    private long[] cpuSizes(boolean quickly) {
        return switch (this) {
            case HESSIAN_221 -> quickly ? new long[] {100, 10_000} : new long[] {100, 10_000, 100_000, 1_000_000};
            case SPECTRUM_221 -> quickly ? new long[] {10_000} : new long[] {10_000, 100_000, 1_000_000};
            case SPECTRUM_FLOAT -> quickly ? new long[0] : new long[] {100_000};
            case LAPLACIAN -> new long[] {quickly ? 10_000 : 100_000};
            case EIGENVALUES_20 -> new long[] {quickly ? 1000 : 10_000};
            case EIGENVALUES_32 -> quickly ? new long[0] : new long[] {10_000};
            case PER_EXAMPLE -> new long[] {quickly ? 100 : 1000};
            case JACOBIAN_2, JACOBIAN_16, NET_OF_INPUT -> quickly ? new long[] {10_000} : new long[] {10_000, 100_000};
            case SPECTRUM_VECTORS_221, JACOBIAN_64 -> quickly ? new long[0] : new long[] {10_000, 100_000};
            case HESSIAN_KEPT, SPECTRUM_KEPT -> new long[0];
            case SADDLE -> new long[] {quickly ? 10_000 : 1_000_000};
            case PARAMETERS_1201,
                    LANCZOS,
                    DENSITY,
                    PREPARATION_1500,
                    PREPARATION_3000,
                    PREPARATION_OF_SINES,
                    FIRST_RESULT -> quickly ? new long[0] : new long[] {1};
            case SINGLE_POINT, PARAMETERS_385, PRODUCT, FIXED_PRODUCT, PREPARATION_750 -> new long[] {1};
        };
    }

    static Workload of(String id) {
        return Arrays.stream(values())
                .filter(workload -> workload.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("workload: expected one of "
                        + Arrays.stream(values()).map(Workload::id).collect(Collectors.joining(", ")) + ", got '" + id
                        + "'"));
    }
}
