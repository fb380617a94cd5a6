namespace KerasPort;

/// <summary><c>tf.sparse</c>: tensors that are sparse in TensorFlow are dense here.</summary>
public sealed class TensorFlowSparseModule
{
    /// <summary>Returns the tensor, which is dense already, such as one of <c>tf.io.VarLenFeature</c>.</summary>
    public Tensor to_dense(Tensor sp_input) => sp_input;
}
