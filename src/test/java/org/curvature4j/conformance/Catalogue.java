package org.curvature4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Op;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.BesselI;
import org.curvature4j.op.CardinalSine;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Concat;
import org.curvature4j.op.CumulativeSum;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Domain;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.EntropyTerm;
import org.curvature4j.op.Extremum;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indexing;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Lookup;
import org.curvature4j.op.NormRoot;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Polygamma;
import org.curvature4j.op.PowerDerivative;
import org.curvature4j.op.Primitive;
import org.curvature4j.op.Product;
import org.curvature4j.op.Roll;
import org.curvature4j.op.ScaledBesselI;
import org.curvature4j.op.Select;
import org.curvature4j.op.ShapeOp;
import org.curvature4j.op.StopGradient;
import org.curvature4j.op.Sum;

/**
 * Every operation there is, found through the sealed hierarchy, with samples of it. Constants of enums are sampled by
 * their arity and domain; a record must have samples declared here, and an operation without any fails the suite.
 */
final class Catalogue {
    private static final Domain REAL = new Domain(-2, 2);

    private final Map<Class<?>, List<Sample>> declared = new HashMap<>();

    private Catalogue() {
        shapes();
        indexing();
        lookups();
        reductions();
        contractions();
        selections();
        indexChecks();
        families();
        customs();
        MatrixSamples.declare(this::declare);
        empties();
        ScanSamples.all().forEach(this::declare);
    }

    /** The samples of all operations. */
    static List<Sample> samples() {
        Catalogue catalogue = new Catalogue();
        List<Sample> samples = new ArrayList<>();
        classes().forEach(type -> samples.addAll(catalogue.samplesOf(type)));
        return samples;
    }

    /** The classes of all operations. */
    static List<Class<?>> classes() {
        return leaves(Primitive.class).toList();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Catalogue::leaves)
                : Stream.of(type);
    }

    private List<Sample> samplesOf(Class<?> type) {
        if (type == Elementwise.class) {
            return Arrays.stream(Elementwise.values())
                    .flatMap(op -> elementwise(op).stream())
                    .toList();
        } else if (type == Comparison.class) {
            return Arrays.stream(Comparison.values())
                    .flatMap(op -> comparison(op).stream())
                    .toList();
        }
        return declared.getOrDefault(type, List.of());
    }

    private static TensorType real(long... dims) {
        return TensorType.of(DType.FLOAT64, dims);
    }

    private static List<Sample> elementwise(Elementwise op) {
        return op.arity() == 1
                ? List.of(Sample.of(op, op.domain(), real(2, 3)), Sample.of(op, op.domain(), real()))
                : List.of(
                        Sample.of(op, op.domain(), real(2, 3), real(2, 3)),
                        Sample.of(op, op.domain(), real(2, 1), real(1, 3)),
                        Sample.of(op, op.domain(), real(), real(4)));
    }

    private static List<Sample> comparison(Comparison op) {
        boolean logical = op == Comparison.AND || op == Comparison.OR || op == Comparison.XOR;
        return Stream.of(DType.BOOL, DType.INT64)
                .filter(dtype -> dtype == DType.BOOL || !logical)
                .flatMap(dtype -> Stream.of(
                        Sample.of(op, REAL, TensorType.of(dtype, 2, 3), TensorType.of(dtype, 2, 3)),
                        Sample.of(op, REAL, TensorType.of(dtype, 2, 1), TensorType.of(dtype, 1, 3)),
                        Sample.of(op, REAL, TensorType.of(dtype, 4), TensorType.of(dtype))))
                .toList();
    }

    private void declare(Op op, TensorType... inputs) {
        declare(Sample.of(op, REAL, inputs));
    }

    private void declare(Sample sample) {
        declared.computeIfAbsent(sample.op().getClass(), any -> new ArrayList<>())
                .add(sample);
    }

    private void shapes() {
        declare(new ShapeOp.Reshape(Shape.of(3, 2)), real(2, 3));
        declare(new ShapeOp.Reshape(Shape.SCALAR), real(1, 1));
        declare(new ShapeOp.Reshape(Shape.of(1)), real());
        declare(new ShapeOp.Permute(List.of(1, 0)), real(2, 3));
        declare(new ShapeOp.Permute(List.of(2, 0, 1)), real(2, 3, 4));
        declare(new ShapeOp.Broadcast(Shape.of(2, 3)), real(1, 3));
        declare(new ShapeOp.Broadcast(Shape.of(2, 3, 2)), real(2, 1, 1));
        declare(new ShapeOp.Slice(List.of(1L, 0L), Shape.of(1, 2)), real(2, 3));
        declare(new ShapeOp.Slice(List.of(2L), Shape.of(2)), real(5));
        declare(new ShapeOp.Pad(List.of(1L, 0L), Shape.of(4, 5)), real(2, 3));
        declare(new Cast(DType.FLOAT32), real(2, 3));
        declare(new Cast(DType.FLOAT64), TensorType.of(DType.FLOAT32, 2, 3));
        declare(new Cast(DType.INT64), real(2, 3));
        declare(new Cast(DType.INT32), TensorType.of(DType.INT64, 2, 3));
        declare(new Cast(DType.FLOAT64), TensorType.of(DType.BOOL, 2, 3));
        declare(new Cast(DType.BOOL), TensorType.of(DType.INT32, 2, 3));
        declare(new Concat(1), real(2, 3), real(2, 1), real(2, 2));
        declare(new Concat(0), real(2), real(3));
    }

    private void indexing() {
        declare(new Indexing.Gather(1, Indices.of(2, 0, 2, 1)), real(2, 3));
        declare(new Indexing.Gather(0, Indices.of(1)), real(2, 3));
        declare(new Indexing.Gather(0, Indices.of(3, 2, 1, 0)), real(4));
        declare(new Indexing.Gather(1, Indices.of(1, 1)), real(2, 3, 2));
        declare(new Indexing.ScatterAdd(1, Indices.of(2, 0, 2), 4), real(2, 3));
        declare(new Indexing.ScatterAdd(0, Indices.of(1, 1), 2), real(2, 3));
        declare(new Indexing.ScatterAdd(0, Indices.of(0, 2, 0), 3), real(3));
        declare(new Indexing.ScatterAdd(1, Indices.of(1, 0, 1), 2), real(2, 3, 2));
    }

    /** Positions are drawn from 1 to 8, so that in short axes some aren't there. */
    private void lookups() {
        declare(new Lookup.Gather(0), real(9), whole(3));
        declare(new Lookup.Gather(1), real(2, 5, 2), whole(1, 3, 1));
        declare(new Lookup.Gather(1), real(2, 9), whole(2, 3));
        declare(new Lookup.Gather(0), real(6, 1, 2), whole(2, 3, 1));
        declare(new Lookup.Gather(2), real(1, 2, 5), whole(3, 1, 4));
        declare(new Lookup.Gather(0), TensorType.of(DType.INT64, 5), whole(4));
        declare(new Lookup.ScatterAdd(0, Shape.of(5)), real(6), whole(6));
        declare(new Lookup.ScatterAdd(0, Shape.of(9, 3)), real(4, 3), whole(4, 1));
        declare(new Lookup.ScatterAdd(1, Shape.of(1, 5, 2)), real(3, 4, 2), whole(3, 4, 1));
        declare(new Lookup.ScatterAdd(1, Shape.of(2, 5, 1)), real(2, 3, 2), whole(2, 3, 2));
    }

    private static TensorType whole(long... dims) {
        return TensorType.of(DType.INT64, dims);
    }

    private void reductions() {
        declare(new Sum(List.of(1)), real(2, 3));
        declare(new Sum(List.of(0, 1)), real(2, 3));
        declare(new Sum(List.of(0, 2)), real(2, 3, 2));
        declare(new Sum(List.of(3, 1)), real(2, 3, 2, 2));
        declare(new Sum(List.of(0)), real(1, 3));
        declare(new CumulativeSum(1, false, false), real(2, 3));
        declare(new CumulativeSum(0, true, false), real(3, 2));
        declare(new CumulativeSum(1, false, true), real(2, 3));
        declare(new CumulativeSum(0, true, true), real(4));
        declare(new Roll(1, 2), real(2, 3));
        declare(new Roll(0, -7), real(4));
        declare(new Roll(0, 4), real(2, 3));
        declare(new Extremum.Largest(List.of(1)), real(2, 3));
        declare(new Extremum.Largest(List.of(0, 1)), real(2, 3));
        declare(new Extremum.Largest(List.of(3, 1)), real(2, 3, 2, 2));
        declare(new Extremum.Position(1), real(2, 3));
        declare(new Extremum.Position(0), real(4));
    }

    private void contractions() {
        declare(new Einsum("ij", "jk", "ik"), real(2, 3), real(3, 4));
        declare(new Einsum("ij", "jk", "ki"), real(2, 3), real(3, 4));
        declare(new Einsum("ji", "kj", "ik"), real(3, 2), real(4, 3));
        declare(new Einsum("ij", "j", "i"), real(2, 3), real(3));
        declare(new Einsum("i", "i", ""), real(3), real(3));
        declare(new Einsum("i", "j", "ij"), real(2), real(3));
        declare(new Einsum("ij", "ij", "i"), real(2, 3), real(2, 3));
        declare(new Einsum("bij", "bjk", "bik"), real(2, 3, 2), real(2, 2, 3));
        declare(new Einsum("ijb", "jkb", "ikb"), real(2, 3, 2), real(3, 2, 2));
        declare(new Einsum("ij", "ji", "ij"), real(2, 3), real(3, 2));
        declare(new Einsum("", "i", "i"), real(), real(3));
        declare(new Einsum("ijk", "kjl", "il"), real(2, 3, 2), real(2, 3, 2));
        // From 16 in every dimension a batch of products is one of matrices.
        declare(new Einsum("ijb", "jkb", "ikb"), real(16, 17, 2), real(17, 16, 2));
    }

    private void selections() {
        declare(new Select(), TensorType.of(DType.BOOL, 2, 3), real(2, 3), real(2, 3));
        declare(new Select(), TensorType.of(DType.BOOL, 2, 1), real(1, 3), real());
        declare(new Select(), TensorType.of(DType.BOOL), real(3), real(3));
        declare(new Sample(
                new StopGradient(),
                List.of(real(2, 3)),
                REAL,
                Sample.Derivative.HELD,
                (ops, x) -> ops.stopGradient(x.get(0))));
    }

    private void indexChecks() {
        for (IndexCheck.Negative negative : List.of(IndexCheck.Negative.FROM_THE_END, IndexCheck.Negative.NONE)) {
            declare(new IndexCheck("gather", 99, negative), TensorType.of(DType.INT64, 2, 3));
        }
        declare(new IndexCheck("gather", 99, IndexCheck.Negative.FROM_THE_END), TensorType.of(DType.INT32));
    }

    /** Operations that come in families, as one derivative after the other. */
    private void families() {
        for (int byBase = 0; byBase <= 2; byBase++) {
            for (int byExponent = byBase == 0 ? 1 : 0; byExponent <= 2; byExponent++) {
                declare(Sample.of(
                        new PowerDerivative(byBase, byExponent),
                        Elementwise.POW.domain(),
                        byBase == 1 ? real(2, 1) : real(2, 3),
                        byExponent == 1 ? real(1, 3) : real(2, 3)));
            }
        }
        for (int order = 0; order <= 2; order++) {
            declare(Sample.of(new NormRoot(order), Elementwise.SQRT.domain(), real(2, 3)));
            declare(Sample.of(new Polygamma(order), Elementwise.LGAMMA.domain(), real(2, 3)));
            declare(Sample.of(new BesselI(order), REAL, real(2, 3)));
            declare(Sample.of(new ScaledBesselI(0, order), Elementwise.LGAMMA.domain(), real(2, 3)));
            declare(Sample.of(new ScaledBesselI(1, order), Elementwise.LGAMMA.domain(), real(2, 3)));
            declare(Sample.of(new CardinalSine(order), REAL, real(2, 3)));
            declare(Sample.of(new EntropyTerm(order), Elementwise.LOG.domain(), real(2, 3)));
        }
        declare(Sample.of(new Product(false), REAL, real(2, 3), real(2, 1)));
        declare(Sample.of(new Product(true), REAL, real(1, 3), real(2, 3)));
    }

    private void customs() {
        declare(new Sample(
                new Custom.Kernel("cube"),
                List.of(real(2, 3)),
                REAL,
                Sample.Derivative.NONE,
                (ops, x) -> ops.apply(new Custom.Kernel("cube"), x.get(0))));
        declare(new Sample(
                new Custom.WithPartials(1), List.of(real(2, 3)), REAL, Sample.Derivative.EXACT, Catalogue::statedCube));
        declare(new Sample(
                new Custom.WithPartials(2),
                List.of(real(2, 3), real(1, 3)),
                REAL,
                Sample.Derivative.EXACT,
                (ops, x) -> ops.withPartials(ops.mul(x.get(0), x.get(1)), x, List.of(x.get(1), x.get(0)))));
    }

    private static Node statedCube(Ops ops, List<Node> x) {
        Node cube = ops.apply(new Custom.Kernel("cube"), x.get(0));
        return ops.withPartials(cube, x, List.of(ops.mul(ops.square(x.get(0)), 3)));
    }

    /** Values without elements, and what has elements all the same. */
    private void empties() {
        declare(new Sum(List.of(1)), real(2, 0));
        declare(new Sum(List.of(0)), real(2, 0));
        declare(new Einsum("ij", "jk", "ik"), real(2, 0), real(0, 3));
        declare(new Einsum("ij", "jk", "ik"), real(2, 3), real(3, 0));
        declare(new Concat(1), real(2, 0), real(2, 3), real(2, 0));
        declare(new ShapeOp.Pad(List.of(1L, 0L), Shape.of(4, 3)), real(0, 3));
        declare(new ShapeOp.Reshape(Shape.of(0, 3)), real(2, 0));
        declare(new ShapeOp.Slice(List.of(1L, 0L), Shape.of(0, 3)), real(2, 3));
        declare(new Indexing.ScatterAdd(0, Indices.of(), 2), real(0, 3));
        declare(new Indexing.Gather(0, Indices.of()), real(2, 3));
        declare(new Lookup.Gather(0), real(0, 3), whole(2, 1));
        declare(new Lookup.Gather(0), real(2, 3), whole(0, 3));
        declare(new Lookup.ScatterAdd(0, Shape.of(2, 3)), real(0, 3), whole(0, 1));
    }
}
