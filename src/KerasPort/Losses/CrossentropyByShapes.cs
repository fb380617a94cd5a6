using KerasPort.Graphs;

namespace KerasPort.Losses;

/// <summary>
/// What "crossentropy" stands for until there are targets: Keras takes binary, sparse categorical or categorical crossentropy by their shape
/// and the outputs'.
/// </summary>
internal sealed class CrossentropyByShapes(string name) : Loss(name)
{
    protected internal override void Check(NDArray targets, Shape outputs) => Of(targets.shape, outputs).Check(targets, outputs);

    protected internal override Tensor Call(Graph g, Tensor y_true, Tensor y_pred) => Of(y_true.shape, y_pred.shape).Call(g, y_true, y_pred);

    private static Loss Of(Shape targets, Shape outputs) =>
        outputs[^1] == 1 ? new BinaryCrossentropy()
        : targets.Rank < outputs.Rank || targets[^1] == 1 ? new SparseCategoricalCrossentropy()
        : new CategoricalCrossentropy();
}
