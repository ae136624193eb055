package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.curvature4j.internal.gpu.interpreter.Scope.Register;

/** Threads that run side by side: those of a block where the kernel has barriers, else those of a warp. */
final class Gang {
    private static final int MOST_CALLS = 64;

    final int size;
    final Memory memory;
    private final Map<String, long[]> specials = new HashMap<>();
    private final Map<Long, long[]> filled = new HashMap<>();
    private final IdentityHashMap<Routine, Deque<Frame>> spare = new IdentityHashMap<>();
    private int live;
    private int localTop;
    private int depth;

    Gang(int size, Memory memory) {
        this.size = size;
        this.memory = memory;
        long[] lanes = special("%laneid");
        for (int i = 0; i < size; i++) {
            lanes[i] = i % Warps.SIZE;
        }
        for (String name : new String[] {"%ntid.y", "%ntid.z", "%nctaid.y", "%nctaid.z"}) {
            Arrays.fill(special(name), 1);
        }
    }

    /** What the device knows of each thread. */
    long[] special(String name) {
        return specials.computeIfAbsent(name, n -> new long[size]);
    }

    long[] filled(long value) {
        return filled.computeIfAbsent(value, v -> {
            long[] values = new long[size];
            Arrays.fill(values, v);
            return values;
        });
    }

    /** Runs an entry with the first lanes. */
    void start(Routine entry, long[] arguments, int lanes) {
        int[] all = new int[lanes];
        Arrays.setAll(all, i -> i);
        live = lanes;
        Frame frame = enter(entry, all, lanes);
        for (int i = 0; i < arguments.length; i++) {
            Register parameter = entry.parameters.get(i);
            Arrays.fill(frame.r[parameter.number()], parameter.type().narrow(arguments[i]));
        }
        new Flow(this, entry, frame).run(all, lanes);
        leave(entry, frame);
    }

    /** Calls a function from another's frame. */
    void call(Routine routine, Frame from, int[] given, int[] taken, int[] lanes, int n) {
        if (++depth > MOST_CALLS) {
            throw Fault.failed("more than " + MOST_CALLS + " calls within each other");
        }
        Frame frame = enter(routine, lanes, n);
        for (int i = 0; i < given.length; i++) {
            copy(from.r[given[i]], frame.r[routine.parameters.get(i).number()], lanes, n);
        }
        new Flow(this, routine, frame).run(lanes, n);
        for (int i = 0; i < taken.length; i++) {
            copy(frame.r[routine.results.get(i).number()], from.r[taken[i]], lanes, n);
        }
        leave(routine, frame);
        depth--;
    }

    private static void copy(long[] from, long[] to, int[] lanes, int n) {
        for (int k = 0; k < n; k++) {
            to[lanes[k]] = from[lanes[k]];
        }
    }

    private Frame enter(Routine routine, int[] lanes, int n) {
        Frame frame = spare.computeIfAbsent(routine, r -> new ArrayDeque<>()).poll();
        if (frame == null) {
            frame = new Frame(this, routine);
        }
        frame.localBase = localTop;
        localTop = (localTop + routine.localBytes + 15) / 16 * 16;
        if (routine.localBytes > 0) {
            memory.reserveLocal(lanes, n, frame.localBase, localTop);
        }
        return frame;
    }

    private void leave(Routine routine, Frame frame) {
        localTop = frame.localBase;
        Objects.requireNonNull(spare.get(routine)).push(frame);
    }

    /** Threads that haven't ended. */
    int live() {
        return live;
    }

    void end(int threads) {
        live -= threads;
    }
}
