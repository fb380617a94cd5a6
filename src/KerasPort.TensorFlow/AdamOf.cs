using Tensorflow;
using Tensorflow.Keras.Optimizers;
using TensorFlowArray = Tensorflow.NumPy.NDArray;

namespace KerasPort.TensorFlow;

// Beside KerasPort.Tensor, which the enclosing namespace would name.
using Tensor = Tensorflow.Tensor;

/// <summary>
/// TensorFlow.Keras' Adam, which takes step and learning rate from ours before each batch: its own counter is out of reach and starts at 0. So a
/// rate that a callback changes takes effect, and a resumed training goes on at its step.
/// </summary>
internal sealed class AdamOf(KerasPort.Optimizers.Adam description) : Adam
{
    /// <summary>What TensorFlow.Keras calls the slots that ours numbers.</summary>
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
