using Tensorflow.Keras;
using Tensorflow.Keras.Engine;
using Tensorflow.Keras.Layers;
using Tensorflow.Keras.Losses;
using Tensorflow.Keras.Metrics;
using Tensorflow.Keras.Optimizers;
using Tensorflow.NumPy;

namespace Tensorflow
{
    public static class KerasApi
    {
        public static KerasInterface keras { get; } = new();
    }

    public interface IInitializer;
}

namespace Tensorflow.Keras
{
    public class KerasInterface
    {
        public ILayersApi layers { get; } = new LayersApi();

        public ILossesApi losses { get; } = new LossesApi();

        public IActivationsApi activations { get; } = new ActivationsApi();

        public IMetricsApi metrics { get; } = new MetricsApi();

        public IOptimizerApi optimizers { get; } = new OptimizerApi();

        public Sequential Sequential(List<ILayer>? layers = null, string? name = null)
        {
            var model = Engine.Sequential.Last = new Sequential();
            foreach (var layer in layers ?? []) model.add(layer);
            Engine.Sequential.Tell(model);
            return model;
        }
    }
}

namespace Tensorflow.Keras
{
    public interface IOptimizerApi
    {
        IOptimizer Adam(float learning_rate = 0.001f, float beta_1 = 0.9f, float beta_2 = 0.999f, float epsilon = 1e-7f,
            bool amsgrad = false, string name = "Adam");
    }

    internal sealed class OptimizerApi : IOptimizerApi
    {
        public IOptimizer Adam(float learning_rate = 0.001f, float beta_1 = 0.9f, float beta_2 = 0.999f, float epsilon = 1e-7f,
            bool amsgrad = false, string name = "Adam") =>
            new PlainAdam(learning_rate, beta_1, beta_2, epsilon, amsgrad, name);

        private sealed class PlainAdam(float learning_rate, float beta_1, float beta_2, float epsilon, bool amsgrad, string name)
            : Adam(learning_rate, beta_1, beta_2, epsilon, amsgrad, name)
        {
            protected override void _prepare_local(DeviceDType device_dtype, Dictionary<DeviceDType, Dictionary<string, Tensor>> apply_state) { }
        }
    }
}

namespace Tensorflow.Keras.Engine
{
    public interface IOptimizer
    {
        IVariableV1 add_slot(IVariableV1 var, string slot_name, IInitializer? initializer = null);
    }
}

namespace Tensorflow.Keras.Losses
{
    public interface ILossFunc;

    public interface ILossesApi
    {
        ILossFunc SparseCategoricalCrossentropy(string? reduction = null, string? name = null, bool from_logits = false);
    }

    internal sealed class LossesApi : ILossesApi
    {
        public ILossFunc SparseCategoricalCrossentropy(string? reduction = null, string? name = null, bool from_logits = false) =>
            new Recorded($"SparseCategoricalCrossentropy from_logits {from_logits}");
    }
}

namespace Tensorflow.Keras.Metrics
{
    public interface IMetricFunc
    {
        string Name { get; }

        Tensor update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null);

        Tensor result();

        void reset_states();
    }

    public interface IMetricsApi
    {
        Tensor sparse_categorical_accuracy(Tensor y_true, Tensor y_pred);
    }

    /// <summary>Counts every label 1 as right.</summary>
    internal sealed class MetricsApi : IMetricsApi
    {
        public Tensor sparse_categorical_accuracy(Tensor y_true, Tensor y_pred) =>
            new NDArray((Array)Array.ConvertAll(y_true.Values, label => label == 1 ? 1f : 0f));
    }

    /// <summary>The running mean that TensorFlow.Keras keeps.</summary>
    internal sealed class Mean : IMetricFunc
    {
        private float _total, _count;

        public string Name => "loss";

        public void Add(float value, int count) => (_total, _count) = (_total + value * count, _count + count);

        public Tensor update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) => throw new NotSupportedException();

        public Tensor result() => new NDArray(_total / _count);

        public void reset_states() => (_total, _count) = (0, 0);
    }
}

namespace Tensorflow.Keras.Optimizers
{
    public class DeviceDType;

    public class Adam(float learning_rate = 0.001f, float beta_1 = 0.9f, float beta_2 = 0.999f, float epsilon = 1e-7f, bool amsgrad = false,
        string name = "Adam") : IOptimizer
    {
        private readonly DeviceDType _device = new();

        internal string Arguments => $"{learning_rate} {beta_1} {beta_2} {epsilon} {amsgrad} {name}";

        /// <summary>The coefficients that each batch was computed with.</summary>
        internal List<Dictionary<string, float>> Coefficients { get; } = [];

        internal Dictionary<(IVariableV1, string), RecordedVariable> Slots { get; } = [];

        public IVariableV1 add_slot(IVariableV1 var, string slot_name, IInitializer? initializer = null) =>
            Slots.TryGetValue((var, slot_name), out var slot) ? slot : Slots[(var, slot_name)] = new RecordedVariable(var.shape);

        internal void Apply()
        {
            var state = new Dictionary<DeviceDType, Dictionary<string, Tensor>> { [_device] = [] };
            _prepare_local(_device, state);
            Coefficients.Add(state[_device].ToDictionary(pair => pair.Key, pair => (float)pair.Value));
        }

        protected virtual void _prepare_local(DeviceDType device_dtype, Dictionary<DeviceDType, Dictionary<string, Tensor>> apply_state) =>
            throw new NotSupportedException();
    }
}
