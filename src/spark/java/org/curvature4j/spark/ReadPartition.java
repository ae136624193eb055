package org.curvature4j.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.curvature4j.spark.PartitionData.Growing;

/**
 * Makes one object of a partition's rows; none of an empty one's.
 *
 * @param placeholders what the numbers are of
 * @param columns where they are, in the same order
 */
record ReadPartition(List<Placeholder> placeholders, List<Columns> columns)
        implements Function2<Integer, Iterator<Row>, Iterator<PartitionData>> {
    @Override
    public Iterator<PartitionData> call(Integer partition, Iterator<Row> rows) {
        int examples = 0;
        List<Growing> numbers =
                placeholders.stream().map(placeholder -> new Growing()).toList();
        for (; rows.hasNext(); examples++) {
            Row row = rows.next();
            for (int i = 0; i < numbers.size(); i++) {
                Columns column = columns.get(i);
                Growing growing = numbers.get(i);
                double[] room = growing.room(placeholders.get(i).name(), column.length());
                column.read(row, examples, room, growing.count());
                growing.add(column.length());
            }
        }
        if (examples == 0) {
            return Collections.emptyIterator();
        }
        List<Tensor> tensors = new ArrayList<>(IntStream.range(0, numbers.size())
                .mapToObj(i -> numbers.get(i).tensor(placeholders.get(i)))
                .toList());
        return List.of(new PartitionData(partition, examples, tensors)).iterator();
    }
}
