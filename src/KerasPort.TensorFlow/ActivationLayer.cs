using Tensorflow;
using Tensorflow.Common.Types;
using Tensorflow.Keras;
using Tensorflow.Keras.ArgsDefinition;
using Tensorflow.Keras.Engine;
using static Tensorflow.Binding;

namespace KerasPort.TensorFlow;

using Tensors = Tensorflow.Tensors;

/// <summary>Keras' <c>Activation</c> layer, which TensorFlow.Keras lacks though it has the functions.</summary>
internal sealed class ActivationLayer(Activation activation) : Layer(new LayerArgs())
{
    /// <summary>
    /// The function's value. The linear function returns its input itself, which a model takes for a cycle: identity makes a separate tensor.
    /// </summary>
    protected override Tensors Call(Tensors inputs, Tensors? state = null, bool? training = null, IOptionalArgs? optional_args = null) =>
        tf.identity(activation.Apply(inputs));
}
