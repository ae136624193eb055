package org.curvature4j.internal.engine.gpu.tiles;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.op.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * The text of kernels that compute each element of a result by itself: one thread an element. Without a term it copies.
 *
 * @param spelling of the terms
 * @param operands what is read
 * @param terms what is computed, the last being the result
 * @param result where its elements lie
 * @param held how
 */
record ElementwiseText(Spelling spelling, List<Operand> operands, List<Term> terms, Strides result, Held held) {

    /**
     * Numbers that are read: for each element of the result in its order one, at a place in an array.
     *
     * @param uniform the number, where it is known and the same for all; then nothing is read
     * @param view over as many elements as the result has
     */
    record Operand(DType dtype, @Nullable Double uniform, Strides view) {}

    /**
     * A number that is computed.
     *
     * @param from the type of its operands, of a choice that of the last two
     * @param operands numbers of operands; -1, -2 and so on stand for the first term, the second and so on
     */
    record Term(Kernel kernel, DType from, List<Integer> operands) {}

    String text() {
        KernelText text = new KernelText();
        List<@Nullable String> addresses = new ArrayList<>();
        for (Operand operand : operands) {
            addresses.add(operand.uniform() == null ? text.address() : null);
        }
        String to = text.address();
        String index = text.index(result.shape().size());
        List<String> values = new ArrayList<>();
        Map<Shape, Map<Integer, @Nullable String>> places = places(text, index);
        for (int i = 0; i < operands.size(); i++) {
            values.add(load(
                    text,
                    operands.get(i),
                    addresses.get(i),
                    requireNonNull(places.get(operands.get(i).view().shape())),
                    i));
        }
        List<String> made = new ArrayList<>();
        for (Term term : terms) {
            List<String> x = term.operands().stream()
                    .map(number -> number >= 0 ? values.get(number) : made.get(-number - 1))
                    .toList();
            made.add(spelling.write(text, term.kernel(), term.from(), x));
        }
        String last = made.isEmpty() ? values.get(0) : made.get(made.size() - 1);
        held.store(
                text,
                Axes.at(text, to, requireNonNull(places.get(result.shape())).get(operands.size()), held),
                last);
        return text.text();
    }

    /** Where operands, by their numbers, and the result, as one more, have the thread's element. */
    private Map<Shape, Map<Integer, @Nullable String>> places(KernelText text, String index) {
        Map<Shape, List<Integer>> groups = new java.util.LinkedHashMap<>();
        for (int i = 0; i < operands.size(); i++) {
            groups.computeIfAbsent(operands.get(i).view().shape(), any -> new ArrayList<>())
                    .add(i);
        }
        groups.computeIfAbsent(result.shape(), any -> new ArrayList<>()).add(operands.size());
        Map<Shape, Map<Integer, @Nullable String>> places = new HashMap<>();
        groups.forEach((shape, members) -> {
            Strides[] views = members.stream()
                    .map(i -> i < operands.size() ? operands.get(i).view() : result)
                    .toArray(Strides[]::new);
            @Nullable String[] found = Axes.of(views).places(text, index);
            Map<Integer, @Nullable String> byMember = new HashMap<>();
            for (int k = 0; k < views.length; k++) {
                byMember.put(members.get(k), found[k]);
            }
            places.put(shape, byMember);
        });
        return places;
    }

    private static String load(
            KernelText text,
            Operand operand,
            @Nullable String address,
            Map<Integer, @Nullable String> places,
            int number) {
        Held held = Held.of(operand.dtype());
        Double uniform = operand.uniform();
        if (uniform == null && address != null) {
            return held.load(text, Axes.at(text, address, places.get(number), held));
        }
        double value = uniform == null ? 0 : uniform;
        return held == Held.FLAG
                ? text.emit(held.kind(), "setp.ne.u32 %s, %s, 0", value == 0 ? "0" : "1")
                : text.emit(held.kind(), "mov." + held.type() + " %s, %s", held.literal(value));
    }
}
