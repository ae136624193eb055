package org.curvature4j.internal.engine.gpu.tiles;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.DType;
import org.curvature4j.internal.engine.program.Instruction;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.op.IndexCheck;

/**
 * What a device is given to compute a program: kernels, in what order, and what lies where in the memory of a plan. Needs no
 * device to be made, and is the same for all.
 */
final class ProgramCode {
    /** So that rows of threads read whole lines. */
    private static final long ALIGNMENT = 256;

    /**
     * Numbers that are in memory before anything runs.
     *
     * @param place where they are copied to
     * @param then what makes of them what is wanted
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(double[] numbers, long place, List<Launch> then) {}

    private final TensorProgram program;
    private final KernelTexts kernels = new KernelTexts();
    private final DeviceTarget target = new DeviceTarget(this, kernels.spelling());
    private final Map<Slot, DeviceArray.Block> blocks = new HashMap<>();
    private final Map<DType, DeviceArray.Block> arenas = new EnumMap<>(DType.class);
    private final List<Content> contents = new ArrayList<>();
    private final List<IndexText.Mark> checks = new ArrayList<>();
    private final List<Launch> once;
    private final List<Launch> seldom;
    private final List<Launch> each;
    private long size;
    private long scratch;
    private long scratchTaken;

    ProgramCode(TensorProgram program) {
        this(program, Map.of());
    }

    /** @param places of values that lie in memory of others */
    ProgramCode(TensorProgram program, Map<Slot, Long> places) {
        this.program = program;
        program.arena()
                .sizes()
                .forEach((dtype, length) -> arenas.put(dtype, DeviceArray.Block.of(this, dtype, length, null)));
        places.forEach((slot, place) -> blocks.put(
                slot,
                DeviceArray.Block.at(this, slot.type().dtype(), slot.type().size(), place)));
        this.once = launches(program.once());
        this.seldom = launches(program.seldom());
        this.each = launches(program.each());
    }

    private List<Launch> launches(List<Instruction> instructions) {
        List<Launch> launches = new ArrayList<>();
        for (Instruction instruction : instructions) {
            scratchTaken = 0;
            List<DeviceArray> inputs =
                    instruction.inputs().stream().map(this::array).toList();
            Launches step = (Launches) instruction.operation().bind(target, inputs, array(instruction.output()));
            launches.addAll(step.list());
        }
        return launches;
    }

    /** Where a value lies. */
    DeviceArray array(Slot slot) {
        Slot root = slot.root();
        DType dtype = root.type().dtype();
        if (program.arena().holds(root)) {
            long from = program.arena().offset(root) + slot.offset();
            return new DeviceArray(
                    requireNonNull(arenas.get(dtype)), from, slot.type().shape(), dtype);
        }
        DeviceArray.Block block = blocks.computeIfAbsent(
                root, own -> DeviceArray.Block.of(this, dtype, own.type().size(), own.constant()));
        return new DeviceArray(block, slot.offset(), slot.type().shape(), dtype);
    }

    DeviceTarget target() {
        return target;
    }

    TensorProgram program() {
        return program;
    }

    /** Memory that keeps its values; its place. */
    long take(long bytes) {
        long place = size;
        size += aligned(bytes);
        return place;
    }

    /** Memory for the instruction at hand alone. */
    long takeScratch(long bytes) {
        long place = Places.SCRATCH + scratchTaken;
        scratchTaken += aligned(bytes);
        scratch = Math.max(scratch, scratchTaken);
        return place;
    }

    /** All memory for one instruction, from its start, for what comes before the first or after the last. */
    long takeWholeScratch(long bytes) {
        scratch = Math.max(scratch, aligned(bytes));
        return Places.SCRATCH;
    }

    private static long aligned(long bytes) {
        return (Math.max(1, bytes) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Numbers to be in an array before anything runs: one for each element, or one for all. */
    void fill(DeviceArray array, double... numbers) {
        if (numbers.length < array.shape().size()) {
            contents.add(
                    new Content(new double[0], 0, target.fill(array, numbers[0]).list()));
        } else {
            Arrival arrival = Arrival.of(this, array);
            contents.add(new Content(numbers, arrival.place(), arrival.then()));
        }
    }

    /** The mark of an index check. */
    long mark(IndexCheck check) {
        long place = take(2 * Double.BYTES);
        checks.add(new IndexText.Mark(check, place));
        return place;
    }

    /** What {@link KernelTexts#entry} gives. */
    String entry(String body) {
        return kernels.entry(body);
    }

    /** Of all kernels. */
    KernelTexts kernels() {
        return kernels;
    }

    List<Content> contents() {
        return contents;
    }

    List<IndexText.Mark> checks() {
        return checks;
    }

    List<Launch> once() {
        return once;
    }

    List<Launch> seldom() {
        return seldom;
    }

    List<Launch> each() {
        return each;
    }

    /** Bytes of a plan's memory. */
    long bytes() {
        return Math.max(ALIGNMENT, size + scratch);
    }

    /** How many bytes from the start of its memory a place is. */
    long offset(long place) {
        return Places.isScratch(place) ? size + Places.within(place) : Places.within(place);
    }
}
