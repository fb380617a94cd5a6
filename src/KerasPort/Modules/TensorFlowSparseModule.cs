namespace KerasPort;

/// <summary><c>tf.sparse</c>: what TensorFlow holds sparse is whole here.</summary>
public sealed class TensorFlowSparseModule
{
    /// <summary>The tensor, which is whole already: <c>tf.io.VarLenFeature</c> gives it so.</summary>
    public Tensor to_dense(Tensor sp_input) => sp_input;
}
