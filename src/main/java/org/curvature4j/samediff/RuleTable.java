package org.curvature4j.samediff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.op.Ops;

/** Where the families write their rules; makes sure that an operation has one only. */
final class RuleTable {
    /** Why random operations have no rule, whatever their name. */
    static final String RANDOM =
            "random: it gives another value at every run, so it has no derivative (make it a placeholder and feed it)";

    /** A function of one tensor. */
    interface Unary {
        Node apply(Ops ops, Node x);
    }

    /** A function of two tensors of equal type and rank (or rank 0). */
    interface Binary {
        Node apply(Ops ops, Node x, Node y);
    }

    /** A function of a tensor and a number. */
    interface Scalar {
        Node apply(Ops ops, Node x, double number);
    }

    private final Map<String, ImportRules.Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> refusals = new TreeMap<>();
    private String family = "";

    static ImportRules standard() {
        RuleTable table = new RuleTable();
        ElementwiseRules.addTo(table.family("Functions of one number"));
        ScalarRules.addTo(table.family("With a number"));
        PairwiseRules.addTo(table.family("Element by element"));
        LogicRules.addTo(table.family("Choice and logic"));
        ActivationRules.addTo(table.family("Activations"));
        ReductionRules.addTo(table.family("Reductions"));
        DistanceRules.addTo(table.family("Products and distances over axes"));
        CumulativeRules.addTo(table.family("Running sums and products"));
        ContractionRules.addTo(table.family("Matrix products"));
        MatrixRules.addTo(table.family("Parts of matrices"));
        DecompositionRules.addTo(table.family("Decompositions and solutions"));
        ShapeRules.addTo(table.family("Shapes"));
        JoinRules.addTo(table.family("Joins and splits"));
        SliceRules.addTo(table.family("Slices"));
        GatherRules.addTo(table.family("Selection by index"));
        ScatterRules.addTo(table.family("Rows and segments"));
        ConstantRules.addTo(table.family("Constants"));
        NormalizationRules.addTo(table.family("Normalisation, clipping, dropout"));
        LossRules.addTo(table.family("Losses"));
        ConvolutionRules.addTo(table.family("Convolutions"));
        PoolingRules.addTo(table.family("Pooling and resampling"));
        AttentionRules.addTo(table.family("Attention"));
        RecurrentRules.addTo(table.family("Recurrent layers"));
        ControlFlowRules.addTo(table.family("Loops and branches"));
        Refusals.addTo(table);
        OtherRefusals.addTo(table);
        return new ImportRules(table.entries, table.refusals);
    }

    private RuleTable family(String name) {
        family = name;
        return this;
    }

    void add(String op, Smoothness smoothness, ImportRule rule) {
        add(op, smoothness, "", rule);
    }

    void add(String op, Smoothness smoothness, String note, ImportRule rule) {
        if (entries.put(op, new ImportRules.Entry(op, family, smoothness, note, rule)) != null) {
            throw new IllegalStateException("rule '" + op + "': expected one, got two");
        }
    }

    /** States why operations have no rule. */
    void refuse(String reason, String... ops) {
        for (String op : ops) {
            if (op.isBlank() || entries.containsKey(op) || refusals.put(op, reason) != null) {
                throw new IllegalStateException(
                        "refusal '" + op + "': expected a name with neither rule nor reason so far, got one with");
            }
        }
    }

    /** A rule with one operand of any type. */
    static ImportRule unary(Unary function) {
        return call -> List.of(function.apply(call.ops(), call.input(0)));
    }

    /** A rule with one floating operand. */
    static ImportRule real(Unary function) {
        return call -> {
            Node x = call.input(0);
            if (!x.dtype().isFloat()) {
                throw call.expected("a floating operand", x.type() + " (cast it)");
            }
            return List.of(function.apply(call.ops(), x));
        };
    }

    /** A rule with two operands that broadcast as NumPy's do, in the type that ND4J gives the result. */
    static ImportRule binary(Binary function) {
        return call -> {
            DType type = call.joinedType();
            List<Node> aligned = Broadcasting.align(
                    call.ops(),
                    List.of(call.ops().cast(call.input(0), type), call.ops().cast(call.input(1), type)));
            return List.of(function.apply(call.ops(), aligned.get(0), aligned.get(1)));
        };
    }

    /** A rule with one operand and the number of a scalar operation. */
    static ImportRule scalar(Scalar function) {
        return call -> List.of(function.apply(call.ops(), call.input(0), call.scalar()));
    }
}
