using KerasPort.Engines;
using KerasPort.Layers;

namespace KerasPort.Models;

/// <summary>A stack of layers that can be trained. The other files of this class each hold one verb: compile, fit, evaluate, predict, summary.</summary>
/// <remarks>
/// A model may be used from several threads: their calls take turns, in the order in which they come, and give what they give one after
/// the other; so do those of models that share layers. Two <c>fit</c> of one model follow each other as wholes, and what changes its
/// layers or compiles it waits for them. All else, predictions for one, comes between two of their batches: an evaluation or prediction
/// sees the weights of one moment, and weights that are set then are those that the next batch begins with. Callbacks are told outside
/// of a turn: they may use their model, from other threads and tasks too, which they may wait for.
/// </remarks>
public abstract partial class Model
{
    private CompiledModel? _running;
    private bool _engineIsAhead;
    private int _runs;

    /// <summary>A model of this name, or of the next free one.</summary>
    protected Model(string? name) => this.name = name ?? Names.Unique(GetType());

    /// <summary>The name.</summary>
    public string name { get; }

    /// <summary>The layers, without the input.</summary>
    public abstract IReadOnlyList<Layer> layers { get; }

    /// <summary>Whether the weights exist.</summary>
    public bool built { get; private protected set; }

    /// <summary>The shape that goes in, batch first.</summary>
    /// <exception cref="ValueError">The model isn't built.</exception>
    public abstract Shape input_shape { get; }

    /// <summary>The shape that comes out, batch first.</summary>
    /// <exception cref="ValueError">The model isn't built.</exception>
    public Shape output_shape => built ? layers[^1].output_shape!.Value
        : throw new ValueError($"Sequential model '{name}' has no defined output shape yet.");

    /// <summary>All weights, layer by layer.</summary>
    public IReadOnlyList<Variable> variables => [.. layers.SelectMany(l => l.variables)];

    /// <summary>The weights' values, layer by layer.</summary>
    public NDArray[] get_weights()
    {
        using var turn = Turns.Take();
        return [.. variables.Select(w => w.numpy())];
    }

    /// <summary>Sets all weights.</summary>
    /// <exception cref="ValueError">The number or a shape differs.</exception>
    public void set_weights(IReadOnlyList<NDArray> weights)
    {
        using var turn = Turns.Take();
        Variable.AssignAll(name, variables, weights);
    }

    /// <summary>The number of weights.</summary>
    /// <exception cref="ValueError">The model isn't built.</exception>
    public int count_params()
    {
        using var turn = Turns.Take();
        return built ? variables.Sum(w => w.size) : throw Layer.NotBuilt(name);
    }

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"<{GetType().Name} name={name}, built={PythonText.Repr(built)}>";

    /// <summary>The layer of that name or at that place; -1 is the last.</summary>
    /// <exception cref="ValueError">There is none, or neither is given.</exception>
    public Layer get_layer(string? name = null, int? index = null)
    {
        if (name is not null && index is not null)
            throw new ValueError($"Provide only a layer name or a layer index. Received: index={index}, name={name}.");
        if (index is { } at)
            return at < layers.Count && at >= -layers.Count ? layers[at < 0 ? at + layers.Count : at]
                : throw new ValueError($"Was asked to retrieve layer at index {at} but model only has {layers.Count} layers.");
        if (name is null) throw new ValueError("Provide either a layer name or layer index at `get_layer`.");
        return layers.FirstOrDefault(l => l.name == name)
            ?? throw new ValueError($"No such layer: {name}. Existing layers are: [{string.Join(", ", layers.Select(l => $"'{l.name}'"))}].");
    }

    /// <summary>Makes the layers' weights for inputs of that shape, batch first; <c>null</c> is an open batch.</summary>
    /// <exception cref="ValueError">A layer doesn't take what comes to it.</exception>
    public abstract void build(Shape input_shape);

    /// <summary>The model on its engine, taken there when first needed.</summary>
    private CompiledModel Running()
    {
        while (_running is null)
        {
            // A layer that two models share runs in one of them at a time. While one is waited for, another thread may be faster.
            foreach (var weight in variables) weight.Owner?.Release();
            if (_running is not null || variables.Any(weight => weight.Owner is not null)) continue;
            Start();
        }
        return _running;
    }

    private void Start()
    {
        _running = (engine ?? Engine.Current).Compile(this, optimizer, loss, GivenMetrics);
        RestoreSlots(_running);
        var all = variables;
        for (int i = 0; i < all.Count; i++)
        {
            int index = i;
            all[i].Owner = (FetchWeights, () => _running?.SetWeight(index, all[index].Host), Release);
        }
    }

    /// <summary>Runs batches, during which the model stays on its engine.</summary>
    private void Run(Action<CompiledModel> batches)
    {
        if (_computes) throw new ValueError($"Model '{name}' is computing a batch: a layer, loss or metric can't use the model that it is part of.");
        var running = Running();
        _runs++;
        _computes = true;
        try
        {
            batches(running);
        }
        finally
        {
            _runs--;
            _computes = false;
            Turns.Changed();
        }
    }

    /// <summary>Brings the host's copies of the weights up to date.</summary>
    private void FetchWeights()
    {
        if (_running is null || !_engineIsAhead) return;
        var all = variables;
        for (int i = 0; i < all.Count; i++) _running.GetWeight(i, all[i].Host);
        _engineIsAhead = false;
    }

    /// <summary>Takes the model off its engine, so that the next use compiles it anew.</summary>
    private protected void Release()
    {
        if (_running is not null) WaitForRuns();
        if (_running is null) return;
        if (_runs > 0)
            throw new ValueError($"Model '{name}' is in the middle of its batches: compile it, change its layers or use them in another model when an epoch has ended.");
        FetchWeights();
        SaveSlots(_running);
        foreach (var weight in variables) weight.Owner = null;
        _running.Dispose();
        _running = null;
    }
}
