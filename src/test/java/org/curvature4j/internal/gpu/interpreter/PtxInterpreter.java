package org.curvature4j.internal.gpu.interpreter;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.curvature4j.internal.gpu.interpreter.Scope.Global;

/** A module of PTX, loaded into a device's memory. */
final class PtxInterpreter implements AutoCloseable {
    private static final int MOST_THREADS = 1024;

    private final Module module;
    private final DeviceMemory device;
    private final byte[] constants;

    /** Loads a module; null where there is no memory for it. */
    PtxInterpreter(Module module, DeviceMemory device) {
        this.module = module;
        this.device = device;
        this.constants = module.constants.toByteArray();
        for (Global global : module.globals) {
            global.address = device.allocate(global.initial.length);
            if (global.address == 0) {
                close();
                throw new Fault(2, "no memory for the module");
            }
            byte[] memory = device.find(global.address).bytes;
            System.arraycopy(global.initial, 0, memory, 0, memory.length);
        }
    }

    /** The entry of this name. */
    Routine entry(String name) {
        Routine routine = module.routines.get(name);
        if (routine == null || !routine.entry) {
            throw new Fault(500, "named symbol not found: " + name);
        }
        return routine;
    }

    /** Checks what a launch asks for. */
    static void check(Routine entry, long blocks, int threads, long[] arguments) {
        if (blocks < 1 || blocks > Integer.MAX_VALUE || threads < 1 || threads > MOST_THREADS) {
            throw new Fault(1, "expected 1 to 2^31 - 1 blocks of 1 to 1024 threads, got " + blocks + " of " + threads);
        }
        if (threads > entry.mostThreads) {
            throw new Fault(701, entry.name + " takes " + entry.mostThreads + " threads a block, got " + threads);
        }
        if (arguments.length != entry.parameters.size()) {
            throw new Fault(1, entry.name + " has " + entry.parameters.size() + " parameters, got " + arguments.length);
        }
    }

    /** Runs a kernel to its end, block after block. */
    void launch(Routine entry, long blocks, int threads, int sharedBytes, long[] arguments) {
        check(entry, blocks, threads, arguments);
        int size = usesBarriers(entry, new HashSet<>()) ? threads : Math.min(Warps.SIZE, threads);
        Memory memory = new Memory(device, constants, module.sharedBytes + sharedBytes, size);
        Gang gang = new Gang(size, memory);
        java.util.Arrays.fill(gang.special("%ntid.x"), threads);
        java.util.Arrays.fill(gang.special("%nctaid.x"), blocks);
        Tally tally = device.tally;
        long[] run = tally == null ? LongStream.range(0, blocks).toArray() : tally.blocks(blocks);
        for (long block : run) {
            memory.startBlock();
            java.util.Arrays.fill(gang.special("%ctaid.x"), block);
            for (int first = 0; first < threads; first += size) {
                memory.startThreads(first);
                long[] numbers = gang.special("%tid.x");
                for (int i = 0; i < size; i++) {
                    numbers[i] = (long) first + i;
                }
                gang.start(entry, arguments, Math.min(size, threads - first));
            }
        }
        if (tally != null) {
            tally.launched((double) blocks / run.length);
        }
    }

    private boolean usesBarriers(Routine routine, Set<Routine> seen) {
        if (!seen.add(routine)) {
            return false;
        }
        if (Objects.requireNonNull(routine.code).usesBarriers) {
            return true;
        }
        for (Statement statement : routine.statements) {
            if (statement.name().equals("call")) {
                for (Operand operand : statement.operands()) {
                    Routine called = module.routines.get(operand.word());
                    if (called != null && usesBarriers(called, seen)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        for (Global global : module.globals) {
            if (global.address != 0) {
                device.free(global.address);
            }
        }
    }
}
