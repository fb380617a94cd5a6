using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace KerasPort.Callbacks;

/// <summary>The callbacks of <c>fit</c>, <c>evaluate</c> and <c>predict</c>: <c>[stop, save]</c>, a single one without brackets, an array or a list.</summary>
[CollectionBuilder(typeof(CallbackList), nameof(Create))]
public sealed class CallbackList : IReadOnlyList<Callback>
{
    private readonly Callback[] _callbacks;

    private CallbackList(ReadOnlySpan<Callback?> callbacks)
    {
        _callbacks = new Callback[callbacks.Length];
        for (int i = 0; i < _callbacks.Length; i++)
            _callbacks[i] = callbacks[i] ?? throw new ValueError($"Expected a callback, received `None` (at place {i} of `callbacks`).");
    }

    /// <summary>Creates it from a collection expression.</summary>
    /// <exception cref="ValueError">One of them is null.</exception>
    public static CallbackList Create(ReadOnlySpan<Callback?> callbacks) => new(callbacks);

    /// <inheritdoc/>
    public int Count => _callbacks.Length;

    /// <inheritdoc/>
    public Callback this[int index] => _callbacks[index];

    /// <inheritdoc/>
    public IEnumerator<Callback> GetEnumerator() => ((IEnumerable<Callback>)_callbacks).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Converts a single callback.</summary>
    [return: NotNullIfNotNull(nameof(callback))]
    public static implicit operator CallbackList?(Callback? callback) => callback is null ? null : new([callback]);

    /// <summary>Converts an array of callbacks.</summary>
    [return: NotNullIfNotNull(nameof(callbacks))]
    public static implicit operator CallbackList?(Callback[]? callbacks) => callbacks is null ? null : new(callbacks);

    /// <summary>Converts a list of callbacks.</summary>
    [return: NotNullIfNotNull(nameof(callbacks))]
    public static implicit operator CallbackList?(List<Callback>? callbacks) => callbacks is null ? null : new([.. callbacks]);
}
