using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Saving;

namespace KerasPort.Models;

/// <summary>
/// Layers in sequence. With an <c>Input</c> in front, or an <c>input_shape:</c> on the first layer, the weights are created as layers are added;
/// otherwise by the first data.
/// </summary>
/// <example><code>
/// var model = keras.Sequential([
///     keras.Input((28, 28)),
///     keras.layers.Flatten(),
///     keras.layers.Dense(128, activation: "relu"),
///     keras.layers.Dense(10, activation: "softmax"),
/// ]);
/// print(model.count_params());    // 101770
/// </code></example>
public sealed class Sequential : Model
{
    private LayerList _layers = LayerList.Empty;      // replaced as a whole, since another thread may be enumerating it
    private InputLayer? _input;

    /// <summary>A model of these layers.</summary>
    /// <param name="layers">The layers in order; more may be added later.</param>
    /// <param name="name">The model's name.</param>
    /// <exception cref="ValueError">Two layers have the same name, or one doesn't take its input.</exception>
    public Sequential(IEnumerable<Layer>? layers = null, string? name = null) : base(name)
    {
        foreach (var layer in layers ?? [])
        {
            Share(layer);
            using var turn = Turns.Take();
            Append(layer!);
        }
        using var build = Turns.Take();
        Rebuild();
    }

    /// <inheritdoc/>
    public override LayerList layers => _layers;

    /// <summary>The input layer, if the model declares one.</summary>
    internal InputLayer? Input => _input;

    /// <summary>Creates a model from the configuration that <see cref="Model.get_config"/> gives, with new weights.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public static new Sequential from_config(JsonObject config, CustomObjects? custom_objects = null)
    {
        using var scope = CustomObjects.Within(custom_objects);
        return ModelConfig.ReadConfig<Sequential>(config);
    }

    /// <summary>Adds a layer at the end.</summary>
    /// <exception cref="ValueError">The layer's name is taken, or it doesn't take its input.</exception>
    public void add(Layer layer)
    {
        Share(layer);
        using var turn = Turns.Take();
        WaitForCalls();
        var before = _layers;
        Append(layer!);
        try
        {
            Rebuild();
        }
        catch (ValueError)
        {
            _layers = before;
            Rebuild();
            throw;
        }
    }

    /// <summary>Removes the last layer and returns it.</summary>
    /// <exception cref="ValueError">There is no layer.</exception>
    public Layer pop()
    {
        using var turn = Turns.Take();
        WaitForCalls();
        if (_layers.Count == 0) throw new ValueError($"Sequential model '{name}' has no layer to remove.");
        Release();
        var layer = _layers[^1];
        _layers = _layers[..^1];
        Rebuild();
        return layer;
    }

    /// <inheritdoc/>
    public override void build(Shape input_shape)
    {
        using var turn = Turns.Take();
        if (_layers.Count == 0) throw new ValueError($"Sequential model {name} cannot be built because it has no layers. Call `model.add(layer)`.");
        if (input_shape.Rank == 0) throw new ValueError("`build` needs a shape with the batch dimension in front, such as (null, 28, 28). Received: ()");
        if (_input is null) _input = InputLayer.Implied(input_shape);
        else if (_input.batch_shape != input_shape)
            throw new ValueError(
                $"Sequential model '{name}' has already been configured to use input shape {_input.batch_shape}. You cannot build it with input_shape "
                    + $"{input_shape}");
        try
        {
            Rebuild();
        }
        catch (ValueError) when (!built)
        {
            if (_input.IsImplied) _input = null;
            throw;
        }
    }

    /// <summary>Joins the layer's turns with this model's; not those of an input, which has no weights and computes nothing.</summary>
    private void Share(Layer? layer)
    {
        if (layer is not (null or InputLayer)) Turns.Join(Turns, layer.Turns);
    }

    private void Append(Layer layer)
    {
        if (layer is null)
            throw new ValueError("Only instances of `keras.Layer` can be added to a Sequential model. Received: None (of type <class 'NoneType'>)");
        if (layer is InputLayer input)
        {
            if (_input is not null)
                throw new ValueError(
                    $"Sequential model '{name}' has already been configured to use input shape {_input.batch_shape}. You cannot add a different Input layer "
                        + "to it.");
            if (_layers.Count > 0) throw new ValueError($"Sequential model '{name}' already has layers. An Input must be the first one.");
            _input = input;
            return;
        }
        if (_layers.Any(l => l.name == layer.name))
            throw new ValueError(
                $"All layers added to a Sequential model should have unique names. Name '{layer.name}' is already the name of a layer in this model. Update "
                    + "the `name` argument to pass a unique name.");
        if (_layers.Count == 0 && _input is null && layer.InputShape is { } shape) _input = new InputLayer(shape);
        // As in Keras, a built model in front determines the input once a layer follows it.
        if (_layers is [Model { built: true } first] && _input is null && first.inputs is [var x]) _input = InputLayer.Of(x.shape);
        Release();
        _layers = new([.. _layers, layer]);
    }

    private void Rebuild()
    {
        // The layers' earlier calls are no longer part of the model.
        foreach (var call in Graph?.Calls ?? []) if (call.Layer is not InputLayer) call.Layer.Forget(call);
        Become(null);
        if (_input is null || _layers.Count == 0) return;
        var shape = _input.batch_shape;
        if (shape[1..].Any(d => d <= 0))
            throw new ValueError($"Every dimension that goes into a model, but the batch, must be open or a number of 1 or more. Received: shape={shape}");
        RequireMemory(shape);
        using var scope = NameScope.In(name);
        Tensor[] x = [_input.output];
        foreach (var layer in _layers) x = layer.Symbolically(x);
        // Keras creates a functional model for them, which uses up a default name.
        Names.Unique(typeof(Functional));
        Become(new LayerGraph([_input.output], x));
    }

    /// <summary>Whether a layer's output shape is known only once it is built.</summary>
    private static bool IsOpen(Layer layer) => layer.IsTraced || (!layer.built && (layer is Model || layer.Inner.Any(IsOpen)));

    /// <summary>Refuses weights larger than the memory before any is created: a mistyped number, or a malicious file.</summary>
    private void RequireMemory(Shape shape)
    {
        long bytes = 0, most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        foreach (var layer in _layers)
        {
            layer.CheckInput([shape]);
            if (IsOpen(layer)) return;
            foreach (var weight in layer.built ? [] : layer.Weights([shape]))
            {
                long count = 1;
                foreach (int d in weight.Shape)
                    if ((count *= d) > Array.MaxLength)
                        throw new ValueError(
                            $"The {weight.Name} of layer '{layer.name}' would have shape {Shape.Of(weight.Shape)}, more numbers than an array holds. Use "
                                + "fewer units or filters, or a smaller input.");
                if ((bytes += count * sizeof(float)) > most)
                    throw new ValueError(
                        $"The weights of model '{name}' up to layer '{layer.name}' would take {bytes} bytes of the {most} that there are. Use fewer units or "
                            + "filters, or a smaller input.");
            }
            shape = layer.OutputShapes([shape])[0];
        }
    }
}
