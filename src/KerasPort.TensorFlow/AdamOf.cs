using Tensorflow;
using Tensorflow.Keras.Optimizers;
using TensorFlowArray = Tensorflow.NumPy.NDArray;

namespace KerasPort.TensorFlow;

// Inside the namespace, because the enclosing one would otherwise name KerasPort.Tensor.
using Tensor = Tensorflow.Tensor;

/// <summary>
/// TensorFlow.Keras' Adam, which takes step and learning rate from our optimizer before each batch: its own counter is private and starts at 0.
/// So a rate that a callback changes takes effect, and a resumed training continues at its step.
/// </summary>
internal sealed class AdamOf(KerasPort.Optimizers.Adam description) : Adam
{
    /// <summary>TensorFlow.Keras' names for the slots that we number.</summary>
    public static readonly string[] SlotNames = ["m", "v"];

    /// <summary>The coefficients of TensorFlow's ResourceApplyAdam for the coming batch, in float32.</summary>
    protected override void _prepare_local(DeviceDType device_dtype, Dictionary<DeviceDType, Dictionary<string, Tensor>> apply_state)
    {
        float beta1 = (float)description.beta_1, beta2 = (float)description.beta_2, step = description.iterations + 1;
        var coefficients = apply_state[device_dtype];
        coefficients["lr_t"] = new TensorFlowArray((float)description.learning_rate);
        coefficients["beta_1_t"] = new TensorFlowArray(beta1);
        coefficients["beta_2_t"] = new TensorFlowArray(beta2);
        coefficients["beta_1_power"] = new TensorFlowArray(MathF.Pow(beta1, step));
        coefficients["beta_2_power"] = new TensorFlowArray(MathF.Pow(beta2, step));
        coefficients["epsilon"] = new TensorFlowArray((float)description.epsilon);
    }
}
