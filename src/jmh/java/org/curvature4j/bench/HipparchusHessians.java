package org.curvature4j.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.internal.host.HostArray;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The 2-2-1 net's Hessians by the truncated Taylor arithmetic of Hipparchus, a thread for each core.
 *
 * @param points [B, 11]
 */
record HipparchusHessians(INDArray points) implements Computation {
    private static final int N = 11;
    private static final int BLOCK = 256;

    @Override
    public List<INDArray> compute() {
        int count = (int) (points.length() / N);
        INDArray results = HostArray.create(DataType.DOUBLE, count, N, N);
        try (HostArray source = HostArray.reading("points", points)) {
            HostArray target = HostArray.writing(results);
            IntStream.range(0, (count + BLOCK - 1) / BLOCK).parallel().forEach(block -> {
                int some = Math.min(BLOCK, count - block * BLOCK);
                double[] thetas = new double[some * N];
                source.read((long) block * BLOCK * N, thetas, thetas.length);
                double[] hessians = block(thetas, some);
                target.write((long) block * BLOCK * N * N, hessians, hessians.length);
            });
            target.finish();
        }
        return List.of(results);
    }

    private static double[] block(double[] thetas, int count) {
        DSFactory factory = new DSFactory(N, 2);
        double[] hessians = new double[count * N * N];
        int[] orders = new int[N];
        for (int point = 0; point < count; point++) {
            DerivativeStructure y = net(factory, thetas, point * N);
            for (int i = 0; i < N; i++) {
                for (int j = 0; j <= i; j++) {
                    orders[i]++;
                    orders[j]++;
                    double second = y.getPartialDerivative(orders);
                    orders[i]--;
                    orders[j]--;
                    hessians[(point * N + i) * N + j] = second;
                    hessians[(point * N + j) * N + i] = second;
                }
            }
        }
        return hessians;
    }

    private static DerivativeStructure net(DSFactory factory, double[] thetas, int from) {
        DerivativeStructure[] t = new DerivativeStructure[N];
        for (int i = 0; i < N; i++) {
            t[i] = factory.variable(i, thetas[from + i]);
        }
        DerivativeStructure y = t[8];
        for (int unit = 0; unit < 2; unit++) {
            DerivativeStructure sum = t[2 * unit]
                    .multiply(t[9])
                    .add(t[2 * unit + 1].multiply(t[10]))
                    .add(t[4 + unit]);
            y = y.add(t[6 + unit].multiply(sum.tanh()));
        }
        return y;
    }

    @Override
    public void close() {
        // Holds nothing but the points.
    }
}
