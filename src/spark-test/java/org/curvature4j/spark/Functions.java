package org.curvature4j.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.curvature4j.io.RandomPoints;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A net of three inputs with two outputs and an energy, and points for it. */
final class Functions {
    static final StructType POINTS = new StructType()
            .add("id", DataTypes.IntegerType, false)
            .add("x", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

    private Functions() {}

    static SameDiff net(DataType type) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", type, -1, 3);
        SDVariable w1 = sd.var("W1", RandomPoints.of(1, 3, 4).readRows(0, 3).castTo(type));
        SDVariable w2 = sd.var("W2", RandomPoints.of(2, 4, 2).readRows(0, 4).castTo(type));
        SDVariable outputs = sd.math().tanh(x.mmul(w1)).mmul(w2).rename("outputs");
        sd.math().square(outputs).sum(1).rename("energy");
        return sd;
    }

    /** [count, 3]. */
    static INDArray points(int count) {
        return RandomPoints.of(7, count, 3).readRows(0, count);
    }

    static List<Row> rows(INDArray points) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < points.size(0); i++) {
            rows.add(RowFactory.create(i, points.getRow(i).toDoubleVector()));
        }
        return rows;
    }

    static Dataset<Row> frame(SparkSession spark, INDArray points, int partitions) {
        return spark.createDataFrame(Cluster.context(spark).parallelize(rows(points), partitions), POINTS);
    }
}
