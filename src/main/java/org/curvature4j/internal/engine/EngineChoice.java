package org.curvature4j.internal.engine;

import static org.curvature4j.internal.engine.backend.Engine.AUTO;
import static org.curvature4j.internal.engine.backend.Engine.FUSED;
import static org.curvature4j.internal.engine.backend.Engine.LOOPS;
import static org.curvature4j.internal.engine.backend.Engine.PLAN;
import static org.curvature4j.internal.engine.backend.Engine.SAMEDIFF;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.DeviceCheck.Promise;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.fused.FusedFunction;
import org.curvature4j.internal.engine.gpu.GpuCost;
import org.curvature4j.internal.engine.gpu.GpuFunction;
import org.curvature4j.internal.engine.gpu.tiles.DeviceTiles;
import org.curvature4j.internal.engine.loops.LoopTiles;
import org.curvature4j.internal.engine.nd4j.GraphExport;
import org.curvature4j.internal.engine.nd4j.NativeTiles;
import org.curvature4j.internal.engine.nd4j.SameDiffFunction;
import org.curvature4j.internal.engine.nd4j.WholeFunction;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.DoesNotFit;
import org.curvature4j.internal.engine.tile.TileEngine;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.transform.Work;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Prepares a function with the engine that is asked for, or with the first that can compute it. */
public final class EngineChoice {
    /** Points over which the work of a tile is counted; only ratios matter. */
    private static final long TYPICAL_TILE = 64;

    /** From this many bytes a point, kernels have enough to do with one. */
    private static final long LARGE_POINT = 1 << 20;

    private final List<Form> forms;
    private final @Nullable List<INDArray> feeds;
    private final int symmetric;
    private final String what;
    private final Settings settings;
    private final List<String> reasons = new ArrayList<>();
    private final List<String> onlyHere = new ArrayList<>();

    private EngineChoice(
            List<Form> forms, @Nullable List<INDArray> feeds, int symmetric, String what, Settings settings) {
        this.forms = forms;
        this.feeds = feeds;
        this.symmetric = symmetric;
        this.what = what;
        this.settings = settings;
    }

    /**
     * Prepares a function as the settings ask.
     *
     * @param forms of the function, of which the one that is the least work for the engine is taken
     * @param feeds values of the inputs after the first, copied; null if they are given with each call
     * @param symmetric the size of the square matrix with which each result begins and that is to be symmetric, or 0
     * @param what the function's name, for errors
     * @param export what makes SameDiff graphs
     * @throws org.curvature4j.internal.engine.tile.DoesNotFit if the memory of the settings isn't enough
     * @throws IllegalArgumentException if an engine is forced that can't compute it, saying why
     */
    public static BatchFunction prepare(
            List<Form> forms,
            @Nullable List<INDArray> feeds,
            int symmetric,
            String what,
            GraphExport export,
            Settings settings) {
        return settings.engine() == SAMEDIFF
                ? new SameDiffFunction(export, forms.get(0).batched(), feeds, symmetric)
                : new EngineChoice(forms, feeds, symmetric, what, settings).choose(settings.engine());
    }

    private BatchFunction choose(Engine engine) {
        List<Device> devices = engine == PLAN ? List.of() : settings.device().devices();
        if (devices.isEmpty()) {
            return processor(engine);
        }
        boolean forced = settings.device().isForced();
        @Nullable BatchFunction onGpu = gpu(engine, devices, forced);
        if (onGpu != null) {
            return onGpu;
        }
        return onProcessor(processor(engine), String.join("; ", onlyHere), settings);
    }

    /**
     * A function that the processor computes, which says why if a GPU was asked for.
     *
     * @param function closed with the result
     */
    public static BatchFunction onProcessor(BatchFunction function, String why, Settings settings) {
        return settings.device().isForced() ? new ExplainedFunction(function, "on the CPU since " + why) : function;
    }

    /**
     * By GPUs, where one is asked for, or is expected to be faster, and can: null where not. Where it isn't asked for, results must
     * not tell of it: either it has the bits of the processor, or it computes all batches, which for a function that takes the
     * processor long enough is no loss for any.
     */
    private @Nullable BatchFunction gpu(Engine engine, List<Device> devices, boolean forced) {
        if (engine != LOOPS) {
            try {
                return straightLine(devices, forced);
            } catch (Unsuitable e) {
                onlyHere.add("code of one thread a point can't compute it: " + e.getMessage());
            }
        }
        if (engine != FUSED) {
            try {
                return tiles(devices, forced);
            } catch (Unsuitable | DoesNotFit e) {
                onlyHere.add("kernels over arrays can't compute it: " + e.getMessage());
            }
        }
        return null;
    }

    private @Nullable BatchFunction straightLine(List<Device> devices, boolean forced) {
        if (forms.stream().mapToDouble(form -> bytesOfAll(form.single())).min().orElseThrow() >= LARGE_POINT) {
            throw new Unsuitable("it is too large");
        }
        ScalarProgram program = program();
        GpuFunction gpu = GpuFunction.of(program, devices, settings);
        List<CheckedFunction.Part> parts = devices.stream()
                .map(device ->
                        new CheckedFunction.Part(device, (source, values, sink) -> gpu.evaluate(device, source, sink)))
                .toList();
        if (!gpu.hasBitsOfCpu()) {
            return forced
                    ? EitherFunction.byGpu(
                            new CheckedFunction(gpu, parts, check(Promise.ROUNDING), another(), false), null)
                    : null;
        }
        FusedFunction fused = FusedFunction.of(program, settings);
        BatchFunction checked = new CheckedFunction(
                gpu, parts, check(Promise.BITS), new CheckedFunction.Processor(() -> fused, true), false);
        return forced
                ? EitherFunction.byGpu(checked, fused)
                : EitherFunction.byFaster(checked, fused, gpu::isExpectedFaster);
    }

    /** What a device's first results are held to. */
    private DeviceCheck check(Promise promise) {
        Graph graph = forms.get(0).single();
        return new DeviceCheck(
                promise,
                Math.toIntExact(graph.inputs().get(0).type().size()),
                Math.toIntExact(graph.outputs().get(0).type().size()));
    }

    /** The function as the processor would compute it. */
    private CheckedFunction.Processor another() {
        return new CheckedFunction.Processor(() -> processor(AUTO), false);
    }

    private @Nullable BatchFunction tiles(List<Device> devices, boolean forced) {
        Form least = least(form -> Work.ofTile(form.batched().over(TYPICAL_TILE)));
        double work = Work.ofTile(least.batched().over(TYPICAL_TILE)) / TYPICAL_TILE;
        if (!forced && !GpuCost.isWorthAlways(work, devices)) {
            return null;
        }
        DeviceTiles tiled = new DeviceTiles(devices, least.batched(), feeds, symmetric, what, settings);
        List<CheckedFunction.Part> parts = devices.stream()
                .map(device -> new CheckedFunction.Part(
                        device, (source, values, sink) -> tiled.evaluate(device, source, values, sink)))
                .toList();
        return new CheckedFunction(tiled, parts, check(Promise.of(least.single())), another(), !forced);
    }

    private ScalarProgram program() {
        return ScalarProgram.least(forms.stream().map(Form::single).toList(), feeds, symmetric);
    }

    private BatchFunction processor(Engine engine) {
        boolean automatic = engine == AUTO && settings.backend().equals("cpu");
        if (engine == AUTO || engine == PLAN) {
            @Nullable BatchFunction large = large();
            if (large != null) {
                return large;
            }
        }
        if (engine == FUSED || automatic) {
            try {
                return FusedFunction.of(program(), settings);
            } catch (Unsuitable e) {
                note(engine == FUSED, "a function that can be fused", "fused code can't compute it", e);
            }
        }
        if (engine == LOOPS || automatic) {
            try {
                return tiled(LoopTiles.ENGINE, Work::ofTile);
            } catch (Unsuitable e) {
                note(engine == LOOPS, "a function that loops can compute", "loops can't compute it", e);
            }
        }
        return tiled(NativeTiles.ENGINE, Work::of);
    }

    /** A point at a time, where each fills the kernels; null where it doesn't. */
    private @Nullable BatchFunction large() {
        Form least = least(form -> Work.of(form.single()));
        if (bytesOfAll(least.single()) < LARGE_POINT) {
            return null;
        }
        TensorProgram program = TensorProgram.whole(least.single());
        long bytes = WholeFunction.bytes(program);
        if (bytes >= LARGE_POINT && bytes > settings.memory()) {
            throw new DoesNotFit(what, bytes, settings.memory());
        }
        return bytes < LARGE_POINT ? null : new WholeFunction(program, feeds, symmetric, settings);
    }

    /** The memory of all values of a graph, were they kept. */
    private static double bytesOfAll(Graph graph) {
        return graph.nodes().stream()
                .mapToDouble(node -> node.type().size() * node.dtype().bytes())
                .sum();
    }

    private Form least(ToDoubleFunction<Form> work) {
        return forms.size() == 1 ? forms.get(0) : Collections.min(forms, Comparator.comparingDouble(work));
    }

    private BatchFunction tiled(TileEngine engine, ToDoubleFunction<Graph> work) {
        Form least = least(form -> work.applyAsDouble(form.batched().over(TYPICAL_TILE)));
        return new TiledFunction(engine, least.batched(), feeds, symmetric, what, settings)
                .because(String.join("; ", reasons));
    }

    private void note(boolean forced, String expected, String failure, Unsuitable reason) {
        if (forced) {
            throw new IllegalArgumentException(
                    "engine: expected " + expected + ", got " + what + ": " + reason.getMessage()
                            + " (use auto or plan)",
                    reason);
        }
        reasons.add(failure + ": " + reason.getMessage());
    }
}
