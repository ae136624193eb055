package org.curvature4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
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
import org.nd4j.linalg.factory.Nd4j;

/** A classifier of three features and two classes, and examples for it. */
final class Losses {
    static final StructType EXAMPLES = new StructType()
            .add("features", DataTypes.createArrayType(DataTypes.DoubleType, true), true)
            .add("no", DataTypes.DoubleType, true)
            .add("yes", DataTypes.DoubleType, true);

    private Losses() {}

    /** @param hidden units, of 3 + 2 parameters each */
    static SameDiff classifier(int hidden) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable labels = sd.placeHolder("labels", DataType.DOUBLE, -1, 2);
        SDVariable w1 = sd.var("W1", RandomPoints.of(1, 3, hidden).readRows(0, 3));
        SDVariable w2 =
                sd.var("W2", RandomPoints.of(2, hidden, 2).readRows(0, hidden).divi(Math.sqrt(hidden)));
        SDVariable logits = sd.math().tanh(x.mmul(w1)).mmul(w2).rename("logits");
        sd.loss().softmaxCrossEntropy("mean", labels, logits, null);
        sd.math().square(logits.sub(labels)).sum().rename("total");
        return sd;
    }

    /** One machine's. */
    static Map<String, INDArray> data(int examples) {
        INDArray x = RandomPoints.of(5, examples, 3).readRows(0, examples);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, examples, 2);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, x.getDouble(i, 0) > 0.3 ? 1 : 0, 1);
        }
        return Map.of("x", x, "labels", labels);
    }

    static List<Row> rows(int examples) {
        Map<String, INDArray> data = data(examples);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            INDArray labels = data.get("labels");
            rows.add(RowFactory.create(
                    data.get("x").getRow(i).toDoubleVector(), labels.getDouble(i, 0), labels.getDouble(i, 1)));
        }
        return rows;
    }

    static Dataset<Row> frame(SparkSession spark, int examples, int partitions) {
        return frame(spark, Cluster.context(spark).parallelize(rows(examples), partitions));
    }

    static Dataset<Row> frame(SparkSession spark, JavaRDD<Row> rows) {
        return spark.createDataFrame(rows, EXAMPLES);
    }

    static SparkLossBuilder builder(String loss, Dataset<Row> rows) {
        return CurvatureSpark.loss(classifier(4), loss, rows)
                .column("x", "features")
                .column("labels", "no", "yes");
    }
}
