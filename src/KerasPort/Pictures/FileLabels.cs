using System.Collections;
using System.Runtime.CompilerServices;

namespace KerasPort.Pictures;

/// <summary>The labels of a folder's pictures: "inferred", the folder that each is in; <c>null</c> for none; or a number for each, <c>[1, 0, 1]</c>.</summary>
[CollectionBuilder(typeof(FileLabels), nameof(Create))]
public readonly struct FileLabels : IEnumerable<int>
{
    private FileLabels(bool inferred, int[]? numbers) => (IsNone, Numbers) = (!inferred && numbers is null, numbers);

    internal bool IsNone { get; }

    internal int[]? Numbers { get; }

    internal bool AreInferred => !IsNone && Numbers is null;

    /// <summary>A number for each file.</summary>
    public static FileLabels Create(ReadOnlySpan<int> numbers) => new(false, numbers.ToArray());

    /// <summary>"inferred", or <c>null</c> for none.</summary>
    /// <exception cref="ValueError">Another text.</exception>
    public static implicit operator FileLabels(string? labels) => labels is null or "inferred" ? new(labels is not null, null)
        : throw new ValueError($"`labels` is \"inferred\", a list of numbers, one for each file, or null. Received: labels={labels}");

    /// <summary>The numbers; none where there is no list of them.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(Numbers ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As it was given.</summary>
    public override string ToString() => Numbers is not null ? PythonText.Str(Numbers) : IsNone ? "None" : "inferred";
}
