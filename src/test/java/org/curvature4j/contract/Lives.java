package org.curvature4j.contract;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.Kinks;
import org.curvature4j.PreparedDerivatives;
import org.curvature4j.PreparedFunction;
import org.curvature4j.Quantity;
import org.curvature4j.TensorFunction;
import org.curvature4j.curvature.DataFunction;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.curvature.GraphObjective;
import org.curvature4j.curvature.Landscape;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.blas.BlasThreads;
import org.curvature4j.internal.engine.EngineLives;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.fused.FusedFunction;
import org.curvature4j.internal.engine.nd4j.ProductFunction;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.internal.engine.nd4j.VaryingFunction;
import org.curvature4j.internal.engine.nd4j.WholeFunction;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.io.AtExit;
import org.curvature4j.internal.io.AtomicFile;
import org.curvature4j.internal.io.Claim;
import org.curvature4j.io.Npy;
import org.curvature4j.io.NpyFolder;
import org.curvature4j.io.NpyReader;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.operator.DiagonalOperator;
import org.curvature4j.operator.HeapSpace;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;
import org.curvature4j.spectrum.EigenBlock;
import org.curvature4j.spectrum.JacobianSink;
import org.curvature4j.spectrum.SpectraSink;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.spectrum.SymmetricBlockSolver;
import org.curvature4j.stream.Progress;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One of each kind of thing that is closed, with a use. */
final class Lives {
    private static final double[] POINT = {1, 2, 3};

    private Lives() {}

    static List<Life> all(Path folder) throws Exception {
        List<Life> lives = new ArrayList<>();
        functions(lives);
        engines(lives);
        files(lives, folder);
        solvers(lives);
        return lives;
    }

    private static TensorFunction function() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        sd.sum("f", sd.math().exp(sd.math().neg(sd.math().square(x))), true, 1);
        return TensorFunction.of(sd, "f", "x");
    }

    private static DataLoss loss() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable w = sd.var("w", ArrayVariants.numbers(3, 1));
        sd.mean("loss", sd.math().square(x.mmul(w)));
        return DataLoss.of(sd, "loss", Map.of("x", ArrayVariants.numbers(4, 3)));
    }

    private static void functions(List<Life> lives) {
        INDArray points = ArrayVariants.numbers(200, 3);
        lives.add(Life.of(PreparedFunction.class, "batch", () -> function().prepare(), e -> e.batch(points)));
        lives.add(Life.of(
                PreparedFunction.class, "call", () -> function().prepare(), e -> e.call(ArrayVariants.numbers(3))));
        lives.add(Life.of(
                PreparedDerivatives.class, () -> function().prepare(Quantity.VALUE, Quantity.HESSIAN), d -> d.at(POINT)
                        .hessian()));
        lives.add(Life.of(Hessian.class, "batch", () -> Hessian.of(function()), h -> h.batch(points)));
        lives.add(Life.of(Hessian.class, "at", () -> Hessian.of(function()), h -> h.at(POINT)));
        lives.add(Life.of(Jacobian.class, () -> Jacobian.of(function()), j -> j.batch(points)));
        lives.add(Life.of(
                Kinks.class, () -> Kinks.of(function()), k -> k.count(points).onKinks()));
        lives.add(Life.of(DataFunction.class, () -> loss().gradientFunction(), f -> f.apply(POINT)));
        lives.add(Life.of(DataOperator.class, () -> loss().hessian(), h -> h.apply(POINT)));
        lives.add(Life.of(Landscape.class, () -> Landscape.of(loss()), l -> l.along(POINT, POINT, Progress.NONE)));
        lives.add(Life.of(GraphObjective.class, "value", () -> GraphObjective.of(function()), o -> o.value(POINT)));
        lives.add(Life.of(GraphObjective.class, "Hessian", () -> GraphObjective.of(function()), o -> o.hessian(POINT)
                .toDense()));
        INDArray at = ArrayVariants.numbers(3);
        lives.add(Life.of(LinearOperator.class, "H", () -> function().hessianOperator(at), h -> h.apply(POINT)));
        lives.add(Life.of(LinearOperator.class, "J", () -> function().jacobianOperator(at), j -> j.apply(POINT)));
        lives.add(Life.holdingNothing(
                MatrixOperator.class, () -> MatrixOperator.of(ArrayVariants.numbers(3, 3)), m -> m.apply(POINT)));
        lives.add(Life.holdingNothing(DiagonalOperator.class, () -> DiagonalOperator.of(POINT), d -> d.apply(POINT)));
        lives.add(Life.holdingNothing(HeapSpace.class, () -> new HeapSpace(POINT.length, 1), s -> s.norm(POINT)));
    }

    private static Object result(BatchFunction function, int size) {
        double[] result = new double[size];
        function.evaluate(POINT, result);
        return result;
    }

    private static void engines(List<Life> lives) {
        var two = EngineCalls.product(2);
        var three = EngineCalls.product(3);
        INDArray feed = ArrayVariants.numbers(3);
        Map<Engine, Class<?>> engines = Map.of(
                Engine.FUSED,
                FusedFunction.class,
                Engine.LOOPS,
                TiledFunction.class,
                Engine.PLAN,
                TiledFunction.class,
                Engine.SAMEDIFF,
                BatchFunction.class);
        engines.forEach((engine, type) -> lives.add(Life.of(
                type,
                engine.key(),
                () -> EngineLives.prepared(engine, two, size -> EngineCalls.overBatch(two, size), feed),
                f -> result(f, 3))));
        lives.add(Life.of(
                WholeFunction.class,
                () -> new WholeFunction(
                        TensorProgram.of(two), List.of(feed), 0, Backend.get().settings()),
                f -> result(f, 3)));
        lives.add(Life.of(
                ProductFunction.class,
                () -> new ProductFunction(
                        size -> EngineCalls.overBatch(three, size),
                        TensorType.of(DType.FLOAT64, 3),
                        List.of(feed),
                        3,
                        3,
                        true,
                        false,
                        "product"),
                f -> result(f, 9)));
        lives.add(Life.of(TensorPlan.class, () -> TensorPlan.of(two), p -> p.call(List.of(feed, feed))));
        lives.add(Life.of(VaryingFunction.class, () -> VaryingFunction.of(two, 0, List.of(feed)), f -> {
            double[] result = new double[3];
            f.evaluate(POINT, result);
            return result;
        }));
    }

    private static void files(List<Life> lives, Path folder) throws Exception {
        // Of these there is nothing to use.
        lives.add(Life.holdingNothing(BlasThreads.class, BlasThreads::single, threads -> 0));
        lives.add(Life.holdingNothing(AtExit.class, () -> AtExit.run(() -> {}), work -> 0));
        lives.add(Life.holdingNothing(Claim.class, () -> Claim.of(folder.resolve("claimed")), claim -> 0));
        Path array = folder.resolve("array.npy");
        Npy.write(array, ArrayVariants.numbers(3));
        lives.add(Life.of(NpyReader.class, () -> NpyReader.open(array), r -> r.readRows(1, 2)));
        Path shards = Files.createDirectories(folder.resolve("shards"));
        Npy.write(shards.resolve("a.npy"), ArrayVariants.numbers(2));
        Npy.write(shards.resolve("b.npy"), ArrayVariants.numbers(1));
        lives.add(Life.of(NpyFolder.class, () -> NpyFolder.open(shards), f -> f.readRows(1, 2)));
        lives.add(Life.of(
                NpyWriter.class,
                () -> NpyWriter.create(Files.createTempDirectory(folder, "new").resolve("new.npy"), NpyType.FLOAT64, 3),
                w -> {
                    w.writeRows(0, 3, POINT, 0);
                    return POINT;
                }));
        lives.add(Life.of(
                AtomicFile.class,
                () -> AtomicFile.create(Files.createTempDirectory(folder, "new").resolve("new.bin")),
                f -> f.channel().write(ByteBuffer.allocate(8), 0)));
        lives.add(Life.holdingNothing(RandomPoints.class, () -> RandomPoints.of(1, 3), p -> p.readRows(0, 3)));
        lives.add(Life.of(
                HostArray.class,
                "a view",
                () -> HostArray.reading("x", ArrayVariants.numbers(3, 3).permute(1, 0)),
                Lives::read));
        lives.add(Life.of(
                HostArray.class, "the array", () -> HostArray.reading("x", ArrayVariants.numbers(3, 3)), Lives::read));
        lives.add(Life.of(Lifetime.class, () -> new Lifetime("thing", () -> {}), l -> {
            l.enter();
            l.exit();
            return 0;
        }));
    }

    private static Object read(HostArray array) {
        double[] numbers = new double[9];
        array.read(0, numbers, 9);
        return numbers;
    }

    private static void solvers(List<Life> lives) {
        double[] matrix = ArrayVariants.numbers(3, 3).data().asDouble();
        lives.add(Life.of(
                JacobianSink.class, () -> new JacobianSink(3, 3, DataType.DOUBLE, (first, count, values) -> {}), s -> {
                    s.write(0, 1, matrix);
                    return 0;
                }));
        lives.add(Life.of(
                SpectraSink.class,
                () -> new SpectraSink(
                        3, DataType.DOUBLE, SpectrumOptions.valuesOnly(), (first, count, values) -> {}, null),
                s -> {
                    s.write(0, 1, matrix);
                    return 0;
                }));
        // From 65 rows on by LAPACK, with memory outside of Java.
        for (int order : new int[] {3, 80}) {
            double[] large = ArrayVariants.numbers(order, order).data().asDouble();
            EigenBlock block = new EigenBlock(order, 1, true);
            lives.add(Life.of(
                    SymmetricBlockSolver.class,
                    order + " rows",
                    () -> new SymmetricBlockSolver(block, DataType.DOUBLE, index -> "matrix"),
                    s -> {
                        System.arraycopy(large, 0, block.matrices(), 0, large.length);
                        s.solve(1, 0);
                        return block.values().clone();
                    }));
        }
    }
}
