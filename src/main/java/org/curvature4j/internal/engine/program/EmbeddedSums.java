package org.curvature4j.internal.engine.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.op.Elementwise;
import org.jspecify.annotations.Nullable;

/**
 * Has values that zeros surround, such as those on a diagonal, added where they belong, in place of making the zeros and adding
 * those too: a network's Hessian has ten thousand numbers on diagonals among a million.
 */
final class EmbeddedSums {
    private final Set<Slot> lasting;
    private final Map<Slot, Integer> readers;
    private final Map<Slot, Embedding> embeddings = new HashMap<>();
    private final Set<Slot> movable = new HashSet<>();
    private final Map<Slot, Slot> places = new HashMap<>();

    /**
     * A value inside a larger one, whose other elements are zeros.
     *
     * @param value what isn't zero
     * @param places of its elements in the larger one's row-major order
     */
    private record Embedding(Slot value, Strides places) {}

    private EmbeddedSums(List<Instruction> instructions, Set<Slot> lasting) {
        this.lasting = lasting;
        this.readers = Liveness.readers(instructions);
    }

    /**
     * The same computation with fewer zeros.
     *
     * @param instructions in the order in which they run
     * @param lasting slots that others read
     */
    static List<Instruction> of(List<Instruction> instructions, Set<Slot> lasting) {
        return new EmbeddedSums(instructions, lasting).join(instructions);
    }

    private List<Instruction> join(List<Instruction> instructions) {
        List<Instruction> result = new ArrayList<>();
        for (Instruction instruction : instructions) {
            movable.add(instruction.output().root());
            if (!instruction.operation().equals(new Operation.Scalar(Elementwise.ADD)) || !sum(instruction, result)) {
                Embedding embedding = embedding(instruction);
                if (embedding != null) {
                    embeddings.put(instruction.output(), embedding);
                }
                result.add(instruction);
            }
        }
        List<Instruction> placed = result.stream()
                .map(instruction -> instruction.moved(this::place))
                .toList();
        return Liveness.needed(placed, lasting);
    }

    private @Nullable Embedding embedding(Instruction instruction) {
        Slot output = instruction.output();
        Slot input = instruction.inputs().get(0);
        if (output != output.root() || output.type().size() == 0 || input.type().size() == 0) {
            return null;
        }
        Shape from = input.type().shape();
        Shape to = output.type().shape();
        if (instruction.operation() instanceof Operation.Pad pad) {
            return new Embedding(input, Strides.of(to).block(pad.before(), from));
        } else if (instruction.operation() instanceof Operation.Slice slice) {
            return moved(input, from, slice.starts(), Strides.of(to));
        } else if (instruction.operation() instanceof Operation.Permute permute) {
            List<Integer> axes = permute.axes();
            List<Integer> back =
                    IntStream.range(0, axes.size()).mapToObj(axes::indexOf).toList();
            return moved(
                    input,
                    from,
                    Collections.nCopies(from.rank(), 0L),
                    Strides.of(to).axes(back));
        }
        return null;
    }

    private @Nullable Embedding moved(Slot input, Shape from, List<Long> starts, Strides to) {
        Embedding inside = seen(input);
        return inside == null ? null : embedding(inside.value, inside.places.moved(from, starts, to));
    }

    /** What a view of a value shows of its embedding, if it shows all. */
    private @Nullable Embedding seen(Slot view) {
        Embedding whole = embeddings.get(view.root());
        if (whole == null) {
            return null;
        }
        Strides places = whole.places.after(-view.offset());
        boolean all = places.first() >= 0 && places.last() < view.type().size();
        return all ? new Embedding(whole.value, places) : null;
    }

    private static @Nullable Embedding embedding(Slot value, @Nullable Strides places) {
        return places == null ? null : new Embedding(value, places);
    }

    /** Has the sum's other term computed in its place and the embedded one added there; false where neither is embedded. */
    private boolean sum(Instruction sum, List<Instruction> result) {
        Slot output = sum.output();
        for (int i = 0; i < 2; i++) {
            Slot term = sum.inputs().get(1 - i);
            Embedding embedding = seen(sum.inputs().get(i));
            boolean whole = term.type().size() == output.type().size()
                    && sum.inputs().get(i).type().size() == output.type().size();
            if (embedding != null && whole && output.type().dtype() == DType.FLOAT64) {
                Slot root = term.root();
                if (movable.contains(root)
                        && !lasting.contains(root)
                        && readers.getOrDefault(root, 0) == 1
                        && root.type().size() == output.type().size()) {
                    places.put(root, output.inside(root.type().shape(), 0));
                } else {
                    Slot same = term.inside(output.type().shape(), 0);
                    result.add(new Instruction(new Operation.Broadcast(), List.of(same), output));
                }
                result.add(new Instruction(new Operation.AddInto(embedding.places), List.of(embedding.value), output));
                return true;
            }
        }
        return false;
    }

    /** A sum's term may be a sum that took the place of its own term. */
    private Slot place(Slot slot) {
        Slot placed = slot;
        for (Slot place = places.get(slot.root()); place != null; place = places.get(placed.root())) {
            placed = place.inside(slot.type().shape(), placed.offset());
        }
        return placed;
    }
}
