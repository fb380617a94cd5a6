using Tensorflow.Common.Types;
using Tensorflow.Keras.ArgsDefinition;
using Tensorflow.Keras.Engine;

namespace Tensorflow.Common.Types
{
    public interface IOptionalArgs;
}

namespace Tensorflow.Keras
{
    public class Activation
    {
        public string? Name { get; set; }

        public Tensor Apply(Tensor input, string? name = null) => input;
    }

    public interface IActivationsApi
    {
        Activation Linear { get; }

        Activation Relu { get; }

        Activation Softmax { get; }

        Activation Tanh { get; }
    }

    public interface ILayer
    {
        List<IVariableV1> Weights { get; set; }
    }

    internal sealed class ActivationsApi : IActivationsApi
    {
        public Activation Linear => new() { Name = "linear" };

        public Activation Relu => new() { Name = "relu" };

        public Activation Softmax => new() { Name = "softmax" };

        public Activation Tanh => new() { Name = "tanh" };
    }
}

namespace Tensorflow.Keras.ArgsDefinition
{
    public class LayerArgs;

    public class DenseArgs : LayerArgs
    {
        public int Units { get; set; }

        public Activation? Activation { get; set; }

        public bool UseBias { get; set; } = true;
    }
}

namespace Tensorflow.Keras.Engine
{
    /// <summary>The symbolic input.</summary>
    public class KerasTensor : Tensor
    {
        internal KerasTensor(Shape shape) => this.shape = shape;
    }

    public class Layer(LayerArgs args) : ILayer
    {
        internal LayerArgs Args => args;

        public List<IVariableV1> Weights { get; set; } = [];

        protected virtual Tensors Call(Tensors inputs, Tensors? state = null, bool? training = null, IOptionalArgs? optional_args = null) => inputs;
    }
}

namespace Tensorflow.Keras.Layers
{
    public class Dense(DenseArgs args) : Layer(args);

    public interface ILayersApi
    {
        ILayer Flatten(string? data_format = null);

        ILayer Conv2D(int filters, Shape? kernel_size = null, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
            Activation? activation = null, bool use_bias = true);

        ILayer MaxPooling2D(Shape? pool_size = null, Shape? strides = null, string padding = "valid");

        ILayer Conv2D(int filters, Shape? kernel_size = null, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
            string? activation = null, bool use_bias = true);

        ILayer Dense(int units, string? activation = null, Shape? input_shape = null);

        KerasTensor Input(Shape? shape = null);

        ILayer InputLayer(Shape input_shape, string? name = null);
    }

    internal sealed class LayersApi : ILayersApi
    {
        public ILayer Flatten(string? data_format = null) => new Recorded("Flatten");

        public ILayer Conv2D(int filters, Shape? kernel_size = null, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
            Activation? activation = null, bool use_bias = true) =>
            new Recorded(
                $"Conv2D {filters} {Text(kernel_size)} strides {Text(strides)} {padding} dilation {Text(dilation_rate)} {activation?.Name} bias {use_bias}");

        public ILayer MaxPooling2D(Shape? pool_size = null, Shape? strides = null, string padding = "valid") =>
            new Recorded($"MaxPooling2D {Text(pool_size)} strides {Text(strides)} {padding}");

        public ILayer Conv2D(int filters, Shape? kernel_size = null, Shape? strides = null, string padding = "valid", Shape? dilation_rate = null,
            string? activation = null, bool use_bias = true) => new Recorded($"Conv2D {filters} {Text(kernel_size)} {padding} {activation}");

        public ILayer Dense(int units, string? activation = null, Shape? input_shape = null) => new Recorded($"Dense {units} {activation}");

        public KerasTensor Input(Shape? shape = null) => new(shape!);

        public ILayer InputLayer(Shape input_shape, string? name = null) => new Recorded($"InputLayer {Text(input_shape)}");

        private static string Text(Shape? shape) => shape is null ? "default" : string.Join("x", shape.dims);
    }
}
